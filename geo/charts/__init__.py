"""Charts: what each draws, as a specification (Vega-Lite) with its figures; one definition for screen and print."""

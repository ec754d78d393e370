"""Maps: what a map shows of each area, by one of several measures, with its classes, colours and words.

Here lives everything between a view and a painted map: measures, classes, facts, and the sentences about them. Methods
live in ``geo.statistics``; Leaflet and HTML in pages.
"""

"""Files made to do harm: what each reader does with them, apart."""

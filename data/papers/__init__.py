"""Papers as files: charts and maps drawn for print, and papers written as PDF, Word document or web page."""

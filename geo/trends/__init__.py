"""Trends: series of counts judged by control charts, told in sentences, and set beside actions and other areas."""

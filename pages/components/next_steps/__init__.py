"""Next steps: what stands under every finding and hotspot."""

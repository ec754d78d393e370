"""Parts of the Trends page: pickers, small and large charts, actions, areas compared, and rebasing a chart."""

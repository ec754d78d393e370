"""The app's own routes: Leaflet, shapes, styles, and every download. They know no page and no picker."""

/* A canvas over the part of the map that is in sight, drawn anew when that changes and sharp on every screen.
 *
 * It moves and grows with the map while that is dragged or zoomed, as Leaflet's own renderers do.
 */
"use strict";

localContext.viewCanvas = (function () {
  const SHARPEST = 3; // pixels of the screen to one of the page

  const ViewCanvas = L.Layer.extend({
    initialize(pane, padding, draw) {
      L.setOptions(this, { pane, padding });
      this.draw = draw;
    },

    onAdd(map) {
      this.map = map;
      this.canvas = document.createElement("canvas");
      this.canvas.className = "lc-canvas leaflet-zoom-animated";
      this.canvas.setAttribute("aria-hidden", "true");
      this.getPane().append(this.canvas);
      this.place();
    },

    onRemove() {
      this.canvas.remove();
      this.map = null;
    },

    getEvents() {
      return {
        moveend: this.place, resize: this.place, viewreset: this.place, zoom: this.pinched, zoomanim: this.animated, zoomend: this.rested,
      };
    },

    pinched() {
      if (!this.isMoving) this.follow(this.map.getCenter(), this.map.getZoom());
    },

    animated({ center, zoom }) {
      this.isMoving = true;
      this.follow(center, zoom);
    },

    rested() {
      this.isMoving = false;
    },

    /* Grow and shift what is drawn to where it lies at another centre and zoom. */
    follow(center, zoom) {
      const shift = L.DomUtil.getPosition(this.map.getPane("mapPane"));
      const origin = this.map.project(center, zoom).subtract(this.map.getSize().divideBy(2)).add(shift).round();
      L.DomUtil.setTransform(this.canvas, this.map.project(this.corner, zoom).subtract(origin), this.map.getZoomScale(zoom, this.zoom));
    },

    place() {
      if (this.isMoving) return;
      const size = this.map.getSize();
      const margin = size.multiplyBy(this.options.padding).round();
      this.size = size.add(margin.multiplyBy(2));
      this.at = this.map.containerPointToLayerPoint(margin.multiplyBy(-1)).round();
      this.zoom = this.map.getZoom();
      this.corner = this.map.layerPointToLatLng(this.at);
      L.DomUtil.setTransform(this.canvas, this.at, 1);
      this.redraw();
    },

    redraw() {
      if (!this.map || this.isMoving) return;
      const { canvas, size } = this;
      const ratio = Math.min(window.devicePixelRatio || 1, SHARPEST);
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        [canvas.width, canvas.height] = [width, height];
        [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
      }
      const context = canvas.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      this.draw(context, { origin: this.map.getPixelOrigin().add(this.at), ratio, size, zoom: this.zoom });
    },
  });

  /* Return a canvas for `pane`, with a margin of `padding` of the map's size around it. `draw(context, view)` fills it:
   * `view` has the map's `zoom`, the canvas's `size`, its `origin` in the world's pixels, and the screen's `ratio`. */
  return (pane, padding, draw) => new ViewCanvas(pane, padding, draw);
})();

"""Street files as they are, read by pandas alone: what counts are held to."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj


def raw(folder: Path) -> pd.DataFrame:
    """Read street files with pandas alone, and put every row that has a point on the British National Grid."""
    files = sorted(folder.glob("*-street.csv.gz"))
    columns = ["Month", "Longitude", "Latitude", "Location", "Crime type"]
    rows = pd.concat([pd.read_csv(file, usecols=columns) for file in files], ignore_index=True)
    rows = rows.dropna(subset=["Longitude"])
    to_metres = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    rows["x"], rows["y"] = to_metres.transform(rows["Longitude"].to_numpy(), rows["Latitude"].to_numpy())
    return rows


def by_area(folder: Path, boundaries: Path) -> pd.DataFrame:
    """Read street files and put every row in its area (``LSOA11CD``): the stated one, else the one its point lies in.

    Rows of neither are left out. ``boundaries`` are GeoJSON.
    """
    files = sorted(folder.glob("*-street.csv.gz"))
    columns = ["Month", "Longitude", "Latitude", "Location", "LSOA code", "Crime type"]
    rows = pd.concat([pd.read_csv(file, usecols=columns) for file in files], ignore_index=True)
    shapes = gpd.read_file(boundaries)
    stated = rows["LSOA code"].isin(shapes["LSOA11CD"])
    others = rows[~stated & rows["Longitude"].notna()]
    points = gpd.GeoDataFrame(
        others, geometry=gpd.points_from_xy(others["Longitude"], others["Latitude"]), crs=shapes.crs
    )
    shapes["geometry"] = shapes.make_valid()
    placed = gpd.sjoin(points, shapes[["LSOA11CD", "geometry"]], predicate="intersects")
    rows["LSOA11CD"] = rows["LSOA code"].where(stated)
    rows.loc[placed.index, "LSOA11CD"] = placed["LSOA11CD"]
    return rows.dropna(subset=["LSOA11CD"])

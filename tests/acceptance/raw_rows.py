"""Street files as they are, read by pandas alone: what counts are held to."""

from pathlib import Path

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

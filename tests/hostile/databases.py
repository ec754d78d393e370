"""GeoPackages and other databases: triggers, views, and pages of noise."""

import random
import sqlite3
from contextlib import closing

from tests.hostile.making import HEAD, ROW, Lures, geopackage, hostile, zipped


@hostile("areas.gpkg")
def triggers_and_views(lures: Lures) -> bytes:
    return geopackage(
        lures.folder,
        "CREATE TRIGGER t AFTER INSERT ON areas BEGIN DELETE FROM gpkg_contents; END",
        "CREATE VIEW v AS SELECT * FROM areas",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'attributes', 'v', 4326)",
    )


@hostile("areas.gpkg")
def a_view_without_end(lures: Lures) -> bytes:
    return geopackage(
        lures.folder,
        "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, i FROM n",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'attributes', 'v', 4326)",
    )


@hostile("areas.gpkg")
def a_view_that_loads_and_reads(lures: Lures) -> bytes:
    return geopackage(
        lures.folder,
        f"CREATE VIEW v AS SELECT 1 AS fid, load_extension('{lures.secret}') AS a, readfile('{lures.secret}') AS b",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'attributes', 'v', 4326)",
    )


@hostile("areas.gpkg")
def a_virtual_table_of_another_file(lures: Lures) -> bytes:
    virtual = f"CREATE VIRTUAL TABLE v USING VirtualOGR(''{lures.secret}'')"
    return geopackage(
        lures.folder,
        f"INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', 'v', 'v', 0, '{virtual}')",  # noqa: S608
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'attributes', 'v', 4326)",
    )


@hostile("areas.gpkg")
def names_that_are_statements(lures: Lures) -> bytes:
    name = f"x'; ATTACH DATABASE '{lures.folder}/made-by-it' AS y; --"
    return geopackage(
        lures.folder,
        f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, "a""; DROP TABLE areas; --" TEXT)',
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "SELECT name, 'attributes', name, 4326 FROM sqlite_master WHERE name LIKE 'x%'",
    )


@hostile("areas.gpkg")
def a_layer_whose_table_is_the_catalogue(lures: Lures) -> bytes:
    return geopackage(lures.folder, "UPDATE gpkg_contents SET table_name = 'sqlite_master'")


@hostile("areas.gpkg")
def a_thousand_layers(lures: Lures) -> bytes:
    return geopackage(
        lures.folder,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "SELECT 'l' || i, 'attributes', 'l' || i, 4326 FROM n",
    )


@hostile("areas.gpkg")
def a_geometry_of_noise(lures: Lures) -> bytes:
    return geopackage(lures.folder, "UPDATE areas SET geom = zeroblob(1000)")


@hostile("areas.gpkg")
def a_geometry_that_counts_too_far(lures: Lures) -> bytes:
    # a polygon that claims 2**32 - 1 rings
    return geopackage(lures.folder, "UPDATE areas SET geom = x'47500001E61000000103000000FFFFFFFF'")


@hostile("areas.gpkg")
def a_blob_of_fifty_megabytes(lures: Lures) -> bytes:
    return geopackage(lures.folder, "ALTER TABLE areas ADD COLUMN b BLOB", "UPDATE areas SET b = zeroblob(50000000)")


@hostile("areas.gpkg")
def a_reference_system_that_reads_a_file(lures: Lures) -> bytes:
    return geopackage(
        lures.folder,
        f"UPDATE gpkg_spatial_ref_sys SET definition = '+proj=longlat +nadgrids={lures.secret}', organization = 'X'",  # noqa: S608
    )


@hostile("areas.gpkg")
def pages_of_noise(lures: Lures) -> bytes:
    noise, whole = random.Random(2), bytearray(geopackage(lures.folder))  # noqa: S311 - noise that repeats
    for _ in range(3000):
        whole[noise.randrange(100, len(whole))] = noise.randrange(256)
    return bytes(whole)


@hostile("areas.gpkg")
def a_page_size_that_lies(lures: Lures) -> bytes:
    whole = bytearray(geopackage(lures.folder))
    whole[16:18] = b"\2\0"
    return bytes(whole)


@hostile("areas.gpkg")
def a_database_cut_short(lures: Lures) -> bytes:
    whole = geopackage(lures.folder)
    return whole[: len(whole) // 2]


@hostile("areas.gpkg", "areas.sqlite", "areas.csv")
def a_database_that_is_no_geopackage(lures: Lures) -> bytes:
    file = lures.folder / "plain.sqlite"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE a AS SELECT 1 AS b")
        database.commit()
    return file.read_bytes()


@hostile("areas.gpkg", "areas.zip")
def a_geopackage_that_is_a_zip_too(lures: Lures) -> bytes:
    return geopackage(lures.folder) + zipped({"2024-03-a-street.csv": HEAD + ROW})


@hostile("areas.gpkg")
def a_database_of_its_first_line_only(_: Lures) -> bytes:
    return b"SQLite format 3\0"

"""Files of shapes: what a library would follow elsewhere, and JSON that no parser likes."""

from tests.hostile.making import SQUARE, Lures, feature, features, hostile, zipped

NAMES = ("areas.geojson", "areas.gpkg", "areas.json", "areas.csv")
MARKED_UP = ("areas.kml", "areas.geojson", "areas.csv")


def _vrt(where: str, inner: str = "") -> bytes:
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{where}</SrcDataSource>{inner}'
        "</OGRVRTLayer></OGRVRTDataSource>"
    ).encode()


@hostile(*NAMES)
def a_vrt_that_reads_a_file(lures: Lures) -> bytes:
    return _vrt(str(lures.secret))


@hostile("areas.geojson")
def a_vrt_that_reads_a_file_as_csv(lures: Lures) -> bytes:
    return _vrt(f"CSV:{lures.secret}", "<SrcSQL>select * from secret</SrcSQL>")


@hostile(*NAMES)
def a_vrt_that_opens_a_pipe(lures: Lures) -> bytes:
    return _vrt(f"CSV:{lures.pipe}")


@hostile(*NAMES)
def a_vrt_that_fetches(lures: Lures) -> bytes:
    return _vrt(f"/vsicurl/{lures.url}/areas.geojson")


@hostile("areas.geojson")
def a_service_description_that_fetches(lures: Lures) -> bytes:
    return f"<OGRWFSDataSource><URL>{lures.url}/wfs</URL></OGRWFSDataSource>".encode()


@hostile("areas.geojson", "areas.json")
def a_feature_service_of_several_pages(lures: Lures) -> bytes:
    more = f'"exceededTransferLimit":true,"properties":{{"exceededTransferLimit":true}},"next":"{lures.url}/next",'
    return features(feature(SQUARE), before=more + f'"links":[{{"rel":"next","href":"{lures.url}/more"}}],')


@hostile(*MARKED_UP)
def kml_with_a_network_link(lures: Lures) -> bytes:
    link = f"<NetworkLink><Link><href>{lures.url}/more.kml</href></Link></NetworkLink>"
    return (
        f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{link}</Document></kml>'.encode()
    )


@hostile("areas.kmz", "areas.geojson")
def kmz_with_a_network_link(lures: Lures) -> bytes:
    return zipped({"doc.kml": kml_with_a_network_link(lures), "../../evil.kml": "x"})


@hostile("areas.gml", "areas.geojson")
def gml_with_a_remote_schema(lures: Lures) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE g SYSTEM "{lures.url}/gml.dtd" [<!ENTITY s SYSTEM "{lures.secret.as_uri()}">]>'
        f'<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xsi:schemaLocation="x {lures.url}/gml.xsd">&s;'
        "</gml:FeatureCollection>"
    ).encode()


@hostile("areas.svg", "areas.geojson", "areas.csv")
def svg_with_a_script(lures: Lures) -> bytes:
    inside = f'<script href="{lures.url}/a.js"/><image href="{lures.secret}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


@hostile("areas.geojson")
def arrays_a_hundred_thousand_deep(_: Lures) -> bytes:
    return features(feature('{"type":"Polygon","coordinates":' + "[" * 100_000 + "]" * 100_000 + "}"))


@hostile("areas.geojson")
def objects_a_hundred_thousand_deep(_: Lures) -> bytes:
    return b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@hostile("areas.geojson")
def collections_a_thousand_deep(_: Lures) -> bytes:
    inner = '{"type":"GeometryCollection","geometries":[' * 900 + SQUARE + "]}" * 900
    return features(feature(inner))


@hostile("areas.geojson")
def three_hundred_thousand_properties(_: Lures) -> bytes:
    return features(feature(SQUARE, "{" + ",".join(f'"p{n}":{n}' for n in range(300_000)) + "}"))


@hostile("areas.geojson")
def properties_that_differ_in_every_feature(_: Lures) -> bytes:
    return features(*(feature(SQUARE, f'{{"p{n}":1}}') for n in range(3_000)))


@hostile("areas.geojson")
def numbers_that_are_none(_: Lures) -> bytes:
    numbers = ("NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e308")
    return features(*(feature(SQUARE.replace("-1.4", number)) for number in numbers))


@hostile("areas.geojson")
def a_number_of_five_million_digits(_: Lures) -> bytes:
    return features(feature(SQUARE, f'{{"code":"E01","name":{"9" * 5_000_000}}}'))


@hostile("areas.geojson")
def a_coordinate_of_a_million_digits(_: Lures) -> bytes:
    return features(
        feature(SQUARE.replace("53.3", "53." + "3" * 1_000_000)), feature(SQUARE.replace("53.4", "9" * 4000))
    )


@hostile("areas.geojson")
def half_a_character(_: Lures) -> bytes:
    return features(feature(SQUARE, '{"code":"\\ud800","name":"\\udfff\\u0000"}'))


@hostile("areas.geojson")
def keys_given_twice(_: Lures) -> bytes:
    twice = feature(SQUARE).replace("{", '{"type":"Feature","type":"FeatureCollection",', 1)
    return features(twice, feature(SQUARE, '{"code":"a","code":"b","name":"c"}'))


@hostile("areas.geojson")
def coordinates_nested_wrongly(_: Lures) -> bytes:
    wrong = (
        "1",
        "[]",
        "[[]]",
        "[[[]]]",
        "[[1]]",
        '"a"',
        "null",
        "{}",
        "[[[[[1,2]]]]]",
        "[[[1,2],[3]]]",
        "[[[true,false]]]",
    )
    return features(*(feature(f'{{"type":"Polygon","coordinates":{each}}}') for each in wrong))


@hostile("areas.geojson")
def members_of_the_wrong_kind(_: Lures) -> bytes:
    return features("1", "null", "[]", '"Feature"', '{"type":"Feature"}', '{"type":1,"properties":[],"geometry":"x"}')


@hostile("areas.geojson")
def one_ring_of_ten_thousand_points(_: Lures) -> bytes:
    ring = ",".join(f"[{-1.5 + n % 7 / 100},{53.3 + n % 11 / 100}]" for n in range(10_000))
    return features(feature(f'{{"type":"Polygon","coordinates":[[{ring},[-1.5,53.3]]]}}'))


@hostile("areas.geojson")
def a_star_that_crosses_itself(_: Lures) -> bytes:
    points = [f"[{-1.5 + n * 7919 % 3001 / 30000:.6f},{53.3 + n * 104729 % 2999 / 30000:.6f}]" for n in range(800)]
    return features(feature(f'{{"type":"Polygon","coordinates":[[{",".join([*points, points[0]])}]]}}'))


@hostile("areas.geojson")
def a_reference_system_that_is_a_file(lures: Lures) -> bytes:
    return features(
        feature(SQUARE), before=f'"crs":{{"type":"link","properties":{{"href":"{lures.url}/crs","type":"proj4"}}}},'
    )


@hostile("areas.geojson")
def a_reference_system_that_reads_a_grid(lures: Lures) -> bytes:
    name = f"+proj=longlat +nadgrids={lures.secret},{lures.pipe} +type=crs"
    return features(feature(SQUARE), before=f'"crs":{{"type":"name","properties":{{"name":"{name}"}}}},')


@hostile("areas.geojson")
def json_in_utf_32(_: Lures) -> bytes:
    return features(feature(SQUARE)).decode().encode("utf-32")


@hostile("areas.geojson")
def json_cut_short(_: Lures) -> bytes:
    return features(feature(SQUARE))[:-30]


@hostile("areas.geojson")
def markup_in_names(lures: Lures) -> bytes:
    script = f'<script src=\\"{lures.url}/x.js\\"></script>'
    return features(feature(SQUARE, f'{{"code":"{script}","name":"{script}","{script}":1}}'))


@hostile("areas.topojson", "areas.geojson")
def topojson_of_arcs_that_are_not_there(_: Lures) -> bytes:
    return b'{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[999999999]]}},"arcs":[]}'

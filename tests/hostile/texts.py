"""Text with columns: encodings, quotes and sizes, and cells that other programs would run."""

import gzip

from tests.hostile.making import HEAD, ROW, STREET_HEAD, STREET_NAME, STREET_ROW, Lures, hostile

LOG = HEAD + ROW * 3
NAMES = ("log.csv", STREET_NAME)


@hostile(*NAMES)
def nothing(_: Lures) -> bytes:
    return b""


@hostile(*NAMES)
def nuls(_: Lures) -> bytes:
    return LOG.replace("Robbery", "Rob\0bery").encode()


@hostile("log.csv")
def nuls_only(_: Lures) -> bytes:
    return bytes(5_000_000)


@hostile("log.csv")
def utf_16_with_a_mark(_: Lures) -> bytes:
    return LOG.encode("utf-16")


@hostile("log.csv")
def utf_16_without_a_mark(_: Lures) -> bytes:
    return LOG.encode("utf-16-le")


@hostile("log.csv")
def utf_16_cut_in_a_character(_: Lures) -> bytes:
    return LOG.encode("utf-16")[:-1] + b"\xd8"


@hostile("log.csv")
def utf_7(_: Lures) -> bytes:
    return LOG.replace("Robbery", "<script>alert(1)</script>").encode("utf-7")


@hostile("log.csv", STREET_NAME)
def invalid_utf_8(_: Lures) -> bytes:
    return LOG.encode() + b"2024-03-04,\xc3\x28\xff\xfe\xed\xa0\x80,-1.4,53.3\n"


@hostile("log.csv")
def a_million_columns_in_text(_: Lures) -> bytes:
    return (",".join(f"c{n}" for n in range(1_000_000)) + "\n" + "," * 999_999 + "\n").encode()


@hostile("log.csv")
def a_cell_of_a_hundred_megabytes(_: Lures) -> bytes:
    return (HEAD + f'2024-03-04,"{"a" * 100_000_000}",-1.47,53.38\n').encode()


@hostile("log.csv")
def a_header_of_ten_megabytes(_: Lures) -> bytes:
    return ("a" * 10_000_000 + "," + LOG).encode()


@hostile("log.csv")
def a_quote_never_closed(_: Lures) -> bytes:
    return (HEAD + '2024-03-04,"Robbery,-1.47,53.38\n' + ROW * 100_000).encode()


@hostile("log.csv")
def a_quote_in_the_header_never_closed(_: Lures) -> bytes:
    return ('"' + HEAD + ROW * 300_000).encode()


@hostile("log.csv")
def quotes_only(_: Lures) -> bytes:
    return b'"' * 3_000_001


@hostile("log.csv")
def separators_only(_: Lures) -> bytes:
    return b",;|\t" * 500_000


@hostile("log.csv")
def line_ends_only(_: Lures) -> bytes:
    return b"\r\n\n\r" * 1_000_000


@hostile(*NAMES)
def line_ends_of_all_kinds(_: Lures) -> bytes:
    return (
        HEAD.strip() + "\r" + ROW.strip() + "\r\n" + ROW.strip() + "\n\r" + ROW.strip() + "\u2028\x0b\x0c\x85"
    ).encode()


@hostile("log.csv")
def rows_of_every_length(_: Lures) -> bytes:
    return (HEAD + "".join("x" + "," * (n % 50) + "\n" for n in range(50_000))).encode()


@hostile("log.csv")
def a_million_rows(_: Lures) -> bytes:
    return gzip.compress((HEAD + ROW * 1_000_000).encode(), 1)


@hostile("log.csv")
def formulas(_: Lures) -> bytes:
    cells = ("=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", '"\r=1"', "'=1")
    return (HEAD + "".join(ROW.replace("Robbery", cell) for cell in cells)).encode()


@hostile("log.csv")
def formulas_in_the_header(_: Lures) -> bytes:
    return LOG.replace("Category", "Category,=cmd|'/c calc'!A0,@x").replace("Robbery", "Robbery,1,2").encode()


@hostile("log.csv")
def letters_that_turn_and_hide(_: Lures) -> bytes:
    return (
        LOG.replace("Category", "Cat\u202eyroge\u202c,Categ\u200bory,\ufeffCategory\u2066")
        .replace("Robbery", "a,b,c\u202e")
        .encode()
    )


@hostile("log.csv")
def scripts(lures: Lures) -> bytes:
    script = f"<script src='{lures.url}/x.js'></script>"
    return (
        LOG.replace("Category", f"Category,{script}")
        .replace("Robbery", f"{script},<img src=x onerror=alert(1)>")
        .encode()
    )


@hostile("log.csv")
def three_hundred_thousand_categories(_: Lures) -> bytes:
    return (HEAD + "".join(ROW.replace("Robbery", f"Robbery {n}") for n in range(300_000))).encode()


@hostile(STREET_NAME)
def thirty_thousand_crime_types(_: Lures) -> bytes:
    return (STREET_HEAD + "".join(STREET_ROW.replace("Robbery", f"Robbery {n}") for n in range(30_000))).encode()


@hostile("log.csv")
def a_name_ten_thousand_times(_: Lures) -> bytes:
    return (",".join(["Date"] * 10_000) + "\n" + ROW).encode()


@hostile("log.csv")
def numbers_out_of_all_bounds(_: Lures) -> bytes:
    numbers = ("1e400", "-1e400", "nan", "inf", "9" * 10_000, "1_000", "٣٫٥", "0x10")
    return (HEAD + "".join(f"2024-03-04,Robbery,{number},53.38\n" for number in numbers)).encode()


@hostile("log.csv")
def dates_out_of_all_bounds(_: Lures) -> bytes:
    dates = (
        "9999-12-31",
        "0000-00-00",
        "-9999-01-01",
        "292277026597-01-01",
        "2024-02-30",
        "1e9",
        "٢٠٢٤-٠١-٠١",
        "0" * 9999,
    )
    return (HEAD + "".join(f"{each},Robbery,-1.47,53.38\n" for each in dates)).encode()


@hostile("hotspots.csv")
def well_known_text_that_nests(_: Lures) -> bytes:
    deep = "GEOMETRYCOLLECTION(" * 50_000 + "POINT(0 0)" + ")" * 50_000
    return f'Name,Type,Harm,Status,WKT\nA,park,violence,active,"{deep}"\n'.encode()


@hostile("hotspots.csv")
def well_known_text_of_noise(_: Lures) -> bytes:
    wrong = (
        "POLYGON((1 1,1 1,1 1,1 1))",
        "POINT(nan nan)",
        "POINT(1e400 1)",
        "SRID=4326;POINT(1 1)",
        "0101000000",
        "POLYGON EMPTY",
    )
    return ("Name,Type,Harm,Status,WKT\n" + "".join(f'A,park,violence,active,"{each}"\n' for each in wrong)).encode()


@hostile("../../etc/passwd.csv", "a\0b\nc.csv", "<script>.csv", "con.csv", "x" * 5000 + ".csv", "")
def names_that_lead_elsewhere(_: Lures) -> bytes:
    return LOG.encode()

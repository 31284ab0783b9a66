"""Columns that the ledgers of programme 2 share: the station, its town, its point with the datum."""

from eventing.ledger.kinds import Choice, Code, Decimal, Text
from eventing.ledger.ledger import Column
from services.stations.commands.place import Datum

DATUM_OF = Choice({Datum.WGS84: "WGS-84", Datum.GCJ02: "GCJ-02"})

STATION = Column(
    "station",
    "驿站编号",
    "Station",
    Code(lower=True),
    "s-330110-001",
    "s-区县代码-序号，由区工会编。",
    "s-, the district's code, and a number that its union gives.",
)
TOWN = Column(
    "town",
    "镇街编号",
    "Town",
    Code(lower=True),
    "t-330110-01",
    "镇街/平台名单中的编号。",
    "Its id on the district's list of towns.",
)
LAT = Column("lat", "纬度", "Latitude", Decimal(), 30.2745, "北纬度数，3 至 54。", "Degrees north, between 3 and 54.")
LON = Column(
    "lon", "经度", "Longitude", Decimal(), 119.9801, "东经度数，73 至 136。", "Degrees east, between 73 and 136."
)
DATUM = Column(
    "datum",
    "坐标系",
    "Datum",
    DATUM_OF,
    Datum.WGS84,
    "高德、腾讯地图为 GCJ-02，GPS 为 WGS-84；不可省略。",
    "GCJ-02 from Chinese maps, WGS-84 from GPS; it is never guessed.",
)
NAME_SHOWN = Column("name", "驿站名称", "Name of the station", Text())

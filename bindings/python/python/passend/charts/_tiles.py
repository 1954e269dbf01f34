# SPDX-License-Identifier: EUPL-1.2
"""The 35 labour market regions as tiles.

The places were chosen by hand so that neighbours stay near and north is up. It
is no map: a tile says nothing of the size of a region. Codes and names are those
of the engine's table of municipalities.
"""

from __future__ import annotations

from typing import Final

#: Code: (name, column from the west, row from the north).
TILES: Final[dict[str, tuple[str, int, int]]] = {
    "AM02": ("Friesland", 4, 0),
    "AM01": ("Groningen", 5, 0),
    "AM15": ("Noord-Holland Noord", 2, 1),
    "AM03": ("Drenthe", 5, 1),
    "AM37": ("Zuid-Kennemerland en IJmond", 1, 2),
    "AM17": ("Zaanstreek/Waterland", 2, 2),
    "AM11": ("Flevoland", 3, 2),
    "AM36": ("Regio Zwolle", 4, 2),
    "AM19": ("Holland Rijnland", 1, 3),
    "AM18": ("Groot Amsterdam", 2, 3),
    "AM12": ("Gooi en Vechtstreek", 3, 3),
    "AM06": ("Veluwe Stedendriehoek", 4, 3),
    "AM05": ("Twente", 5, 3),
    "AM21": ("Haaglanden", 0, 4),
    "AM34": ("Zuid-Holland Centraal", 1, 4),
    "AM13": ("Midden-Utrecht", 2, 4),
    "AM14": ("Amersfoort", 3, 4),
    "AM38": ("FoodValley", 4, 4),
    "AM09": ("Achterhoek", 5, 4),
    "AM22": ("Rijnmond", 0, 5),
    "AM20": ("Midden-Holland", 1, 5),
    "AM35": ("Gorinchem", 2, 5),
    "AM10": ("Rivierenland", 3, 5),
    "AM07": ("Midden-Gelderland", 4, 5),
    "AM23": ("Drechtsteden", 1, 6),
    "AM26": ("Midden-Brabant", 2, 6),
    "AM27": ("Noordoost-Brabant", 3, 6),
    "AM08": ("Rijk van Nijmegen", 4, 6),
    "AM24": ("Zeeland", 0, 7),
    "AM25": ("West-Brabant", 1, 7),
    "AM28": ("Zuidoost-Brabant", 2, 7),
    "AM32": ("Helmond-De Peel", 3, 7),
    "AM29": ("Noord-Limburg", 4, 7),
    "AM33": ("Midden-Limburg", 4, 8),
    "AM30": ("Zuid-Limburg", 4, 9),
}

"""Workbooks opened again, and their cells as plain records."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def cells(sheet: Worksheet) -> dict[str, Any]:
    """Every cell with a value: its type and value."""
    return {
        cell.coordinate: [cell.data_type, cell.value if cell.data_type == "s" else str(cell.value)]
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def record(sheet: Worksheet) -> dict[str, Any]:
    """What a golden file keeps of a worksheet."""
    return {
        "name": sheet.title,
        "print_area": sheet.print_area,
        "print_title_rows": sheet.print_title_rows,
        "breaks": [brk.id for brk in sheet.row_breaks.brk],
        "orientation": sheet.page_setup.orientation,
        "fit": [sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
        "merged": sorted(str(area) for area in sheet.merged_cells.ranges),
        "heights": {str(row): size.height for row, size in sheet.row_dimensions.items()},
        "formats": sorted({cell.number_format for row in sheet.iter_rows() for cell in row}),
        "cells": cells(sheet),
    }

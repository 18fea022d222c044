"""PDFium's own functions, with integer handles: per-word calls must cost no more than the call itself."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

Pointer = ctypes.c_void_p
Double = ctypes.POINTER(ctypes.c_double)
Float = ctypes.POINTER(ctypes.c_float)
Int = ctypes.POINTER(ctypes.c_int)

PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
MOVE_TO = raw.FPDF_SEGMENT_MOVETO


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), Pointer).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


count_chars = _bind("FPDFText_CountChars", ctypes.c_int, Pointer)
text = _bind("FPDFText_GetText", ctypes.c_int, Pointer, ctypes.c_int, ctypes.c_int, Pointer)
unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, Pointer, ctypes.c_int)
origin = _bind("FPDFText_GetCharOrigin", ctypes.c_int, Pointer, ctypes.c_int, Double, Double)
char_box = _bind("FPDFText_GetCharBox", ctypes.c_int, Pointer, ctypes.c_int, Double, Double, Double, Double)
font_size = _bind("FPDFText_GetFontSize", ctypes.c_double, Pointer, ctypes.c_int)
matrix = _bind("FPDFText_GetMatrix", ctypes.c_int, Pointer, ctypes.c_int, ctypes.POINTER(raw.FS_MATRIX))
text_object = _bind("FPDFText_GetTextObject", Pointer, Pointer, ctypes.c_int)
object_font = _bind("FPDFTextObj_GetFont", Pointer, Pointer)
font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, Pointer, Pointer, ctypes.c_size_t)
font_weight = _bind("FPDFFont_GetWeight", ctypes.c_int, Pointer)
count_objects = _bind("FPDFPage_CountObjects", ctypes.c_int, Pointer)
page_object = _bind("FPDFPage_GetObject", Pointer, Pointer, ctypes.c_int)
form_count = _bind("FPDFFormObj_CountObjects", ctypes.c_int, Pointer)
form_object = _bind("FPDFFormObj_GetObject", Pointer, Pointer, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", ctypes.c_int, Pointer)
object_matrix = _bind("FPDFPageObj_GetMatrix", ctypes.c_int, Pointer, ctypes.POINTER(raw.FS_MATRIX))
bounds = _bind("FPDFPageObj_GetBounds", ctypes.c_int, Pointer, Float, Float, Float, Float)
draw_mode = _bind("FPDFPath_GetDrawMode", ctypes.c_int, Pointer, Int, Int)
count_segments = _bind("FPDFPath_CountSegments", ctypes.c_int, Pointer)
segment = _bind("FPDFPath_GetPathSegment", Pointer, Pointer, ctypes.c_int)
segment_point = _bind("FPDFPathSegment_GetPoint", ctypes.c_int, Pointer, Float, Float)
segment_type = _bind("FPDFPathSegment_GetType", ctypes.c_int, Pointer)
segment_close = _bind("FPDFPathSegment_GetClose", ctypes.c_int, Pointer)

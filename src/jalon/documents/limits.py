"""What one document may cost; beyond, it is refused with a sentence."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    file_bytes: int = 300 * MIB
    pages: int = 3_000
    words: int = 3_000_000
    scanned_pages: int = 600
    page_points: float = 15_000
    image_pixels: int = 60_000_000
    unpacked_bytes: int = 400 * MIB
    unpacked_ratio: int = 300
    archive_members: int = 5_000
    memory_bytes: int = 4_096 * MIB
    cpu_seconds: int = 300
    wall_seconds: int = 3_600
    answer_bytes: int = 200 * MIB
    office_seconds: int = 120
    page_seconds: int = 60


LIMITS = Limits()

"""Files that strangers upload: what they are by their content, never by the name or type they are given."""

import io
import re

from PIL import Image, ImageOps, UnidentifiedImageError

#: Pixels of a picture that is unpacked, and of the longer side of one that is kept.
MOST_PIXELS, LONGEST_SIDE = 60_000_000, 2400
_PICTURES = {"JPEG", "PNG", "WEBP"}
#: What makes a PDF do something when it is opened.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|OpenAction|RichMedia)\b")


class RefusedUpload(ValueError):
    """The file is not taken.

    :ivar kind: «kind» (neither picture nor PDF), «broken», «active» (a PDF that does something by itself)
    """

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def clean_upload(content):
    """A picture drawn anew, without the place where it was taken and whatever else was in the file; a PDF as it is.

    :param content: bytes
    :return: pair: the bytes to keep, and the ending of the file name
    :raises RefusedUpload: it is something else
    """
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise RefusedUpload("broken")
        if _ACTIVE.search(content):
            raise RefusedUpload("active")
        return content, "pdf"
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.format not in _PICTURES:
                raise RefusedUpload("kind")
            if picture.width * picture.height > MOST_PIXELS:
                raise RefusedUpload("broken")
            drawn = ImageOps.exif_transpose(picture).convert("RGB")
    except RefusedUpload:
        raise
    except UnidentifiedImageError:
        raise RefusedUpload("kind") from None
    except Exception:  # Pillow raises errors of many kinds on damaged files
        raise RefusedUpload("broken") from None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    stream = io.BytesIO()
    drawn.save(stream, "JPEG", quality=85)
    return stream.getvalue(), "jpg"

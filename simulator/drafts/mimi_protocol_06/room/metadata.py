"""What a room is called and what it is about ([P] 7.6)."""

from simulator.codec import opaque, struct, utf8


# [P] 7.6
# struct {
#     opaque media_type<V>;
#     opaque language_tag<V>;
#     opaque description_content<V>;
# } RichDescription;
@struct
class RichDescription:
    media_type: utf8
    language_tag: utf8
    description_content: opaque


# [P] 7.6
# struct {
#     Uri room_uri;
#     UTF8String room_name;
#     RichDescription room_descriptions<V>;
#     Uri room_avatar;
#     UTF8String room_subject;
#     UTF8String room_mood;
# } RoomMetaData;
@struct
class RoomMetaData:
    room_uri: utf8
    room_name: utf8 = ""
    room_descriptions: tuple[RichDescription, ...] = ()
    room_avatar: utf8 = ""
    room_subject: utf8 = ""
    room_mood: utf8 = ""

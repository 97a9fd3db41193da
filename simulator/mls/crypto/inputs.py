"""What exactly is signed, encrypted, hashed and expanded under a label (RFC 9420 5.1, 5.2, 8)."""

from simulator.codec import opaque, struct, uint16


# RFC 9420 5.1.2
# struct {
#     opaque label<V>;
#     opaque content<V>;
# } SignContent;
@struct
class SignContent:
    label: opaque
    content: opaque


# RFC 9420 5.1.3
# struct {
#     opaque label<V>;
#     opaque context<V>;
# } EncryptContext;
@struct
class EncryptContext:
    label: opaque
    context: opaque


# RFC 9420 5.2
# struct {
#     opaque label<V>;
#     opaque value<V>;
# } RefHashInput;
@struct
class RefHashInput:
    label: opaque
    value: opaque


# RFC 9420 8
# struct {
#     uint16 length;
#     opaque label<V>;
#     opaque context<V>;
# } KDFLabel;
@struct
class KDFLabel:
    length: uint16
    label: opaque
    context: opaque


# RFC 9420 7.6
# struct {
#     opaque kem_output<V>;
#     opaque ciphertext<V>;
# } HPKECiphertext;
@struct
class HPKECiphertext:
    kem_output: opaque
    ciphertext: opaque

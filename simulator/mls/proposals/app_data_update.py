"""The proposal to change what one component keeps in the GroupContext (draft-ietf-mls-extensions, AppDataUpdate)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, opaque, struct, uint16


# draft-ietf-mls-extensions, Updating Application Data in the GroupContext
# enum {
#     invalid(0),
#     update(1),
#     remove(2),
#     (255)
# } AppDataUpdateOperation;
class AppDataUpdateOperation(Enum8):
    update = 1
    remove = 2


# draft-ietf-mls-extensions, Updating Application Data in the GroupContext
# case update: opaque update<V>;
@struct
class ComponentUpdate:
    """What `update` means is up to the component."""

    update: opaque


# draft-ietf-mls-extensions, Updating Application Data in the GroupContext
# case remove: struct{};
@struct
class ComponentRemoval:
    """The component shall keep nothing any more."""


AppDataOperation: TypeAlias = Annotated[
    ComponentUpdate | ComponentRemoval,
    Tagged(
        AppDataUpdateOperation,
        {AppDataUpdateOperation.update: ComponentUpdate, AppDataUpdateOperation.remove: ComponentRemoval},
    ),
]


# draft-ietf-mls-extensions, Updating Application Data in the GroupContext
# struct {
#     ComponentID component_id;
#     AppDataUpdateOperation op;
#     select (AppDataUpdate.op) {
#         case update: opaque update<V>;
#         case remove: struct{};
#     };
# } AppDataUpdate;
@struct
class AppDataUpdate:
    component_id: uint16
    operation: AppDataOperation

// SPDX-License-Identifier: MIT
// The functions of interfaces, secrets and network filters.
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virInterfaceCreate),
    CALL(virInterfaceDestroy),
    CALL(virInterfaceGetMACString),
    CALL(virInterfaceGetXMLDesc),
    CALL(virInterfaceIsActive),
    CALL(virInterfaceUndefine),
    CALL(virNWFilterBindingDelete),
    CALL(virNWFilterBindingGetXMLDesc),
    CALL(virNWFilterGetXMLDesc),
    CALL(virNWFilterUndefine),
    ODD(virSecretGetValue, SecretValue),
    CALL(virSecretGetXMLDesc),
    CALL(virSecretSetValue),
    CALL(virSecretUndefine),
};
// clang-format on

}  // namespace

CallRows OtherRows() { return Rows(kRows); }

}  // namespace rxvirt

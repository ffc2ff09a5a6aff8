// SPDX-License-Identifier: Apache-2.0
#include "ui/format/protection.h"

#include "ui/format/tintedicon.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Protection)
};

} // namespace

QString protectionMark(Protection protection)
{
    switch (protection) {
    case Protection::Ordinary: return {};
    case Protection::Pinned: return Text::tr("pinned certificate");
    case Protection::Unverified: return Text::tr("not verified");
    case Protection::Unencrypted: return Text::tr("not encrypted");
    }
    Q_UNREACHABLE();
}

QString protectionSentence(Protection protection)
{
    switch (protection) {
    case Protection::Ordinary: return {};
    case Protection::Pinned:
        return Text::tr("You trust one certificate of this registry, and no other.");
    case Protection::Unverified:
        return Text::tr("The certificate is not verified: whoever stands between you and the "
                        "registry can read and change everything, the password included.");
    case Protection::Unencrypted:
        return Text::tr("Nothing is encrypted: whoever stands between you and the registry can "
                        "read and change everything, the password included.");
    }
    Q_UNREACHABLE();
}

QIcon protectionIcon(Protection protection)
{
    switch (protection) {
    case Protection::Ordinary: return {};
    case Protection::Pinned: return tintedIcon(u"pin"_s);
    case Protection::Unverified:
    case Protection::Unencrypted: return tintedIcon(u"unlocked"_s, Tint::Warning);
    }
    Q_UNREACHABLE();
}

} // namespace Longshore::Ui

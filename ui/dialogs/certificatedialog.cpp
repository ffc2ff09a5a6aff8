// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/certificatedialog.h"

#include "core/base/displaytext.h"
#include "core/http/fingerprint.h"
#include "ui/dialogs/certificatetext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/iconlabel.h"
#include "ui/views/plainlabel.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

CertificateDialog::CertificateDialog(std::shared_ptr<const RefusedCertificate> refused,
                                     QWidget *parent)
    : QDialog(parent)
    , m_refused(std::move(refused))
    , m_trust(new QPushButton(tr("&Trust This Certificate for This Registry")))
{
    setObjectName(u"certificateDialog"_s);
    setWindowTitle(tr("Certificate of %1").arg(displayText(m_refused->host)));
    buildLayout();
    connect(m_trust, &QPushButton::clicked, this, [this] {
        emit trusted(fingerprintText(fingerprintOf(m_refused->chain.first())));
        accept();
    });
}

void CertificateDialog::buildLayout()
{
    auto *reason = plainLabel(u"certificateReason"_s, refusalText(*m_refused));
    QFont font = reason->font();
    font.setBold(true);
    reason->setFont(font);
    auto *headline = new QHBoxLayout;
    headline->addWidget(new IconLabel(tintedIcon(u"warning"_s, Tint::Warning)), 0, Qt::AlignTop);
    headline->addWidget(reason, 1);

    m_trust->setObjectName(u"trust"_s);
    m_trust->setAutoDefault(false); // Else Enter would trust it once it has the focus.
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_trust, QDialogButtonBox::ActionRole);
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName(u"cancel"_s);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(headline);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(buildProperties());
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(plainLabel(u"trustExplanation"_s, trustText(*m_refused)));
    layout->addStretch();
    layout->addWidget(buttons);
    cancel->setDefault(true); // Not earlier: it belongs to this window only now.
    cancel->setFocus();
}

QFormLayout *CertificateDialog::buildProperties()
{
    auto *form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    const QList<Property> properties = certificateProperties(*m_refused);
    for (const Property &property : properties) {
        auto *value = plainLabel(u"certificateValue"_s, property.value);
        value->setAccessibleName(property.name + u": "_s + property.value);
        if (property.value.contains(u'\n')) { // A fingerprint: one digit below the other.
            value->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
            value->setWordWrap(false);
            value->setMinimumSize(value->sizeHint()); // Nor may a line of it be out of sight.
        }
        form->addRow(tr("%1:", "a property").arg(property.name), value);
    }
    return form;
}

} // namespace Longshore::Ui

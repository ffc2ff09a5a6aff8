// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/connectiontest.h"

#include "ui/dialogs/certificatedialog.h"

#include <QBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ConnectionTest::ConnectionTest(Network &network, QWidget *parent)
    : QWidget(parent)
    , m_presenter(network, m_steps)
    , m_stack(new QStackedWidget)
    , m_list(new QListView)
    , m_show(new QPushButton(tr("Sho&w Certificate\u2026")))
    , m_choose(new QPushButton(tr("Choose the &File of Its Authority\u2026")))
{
    buildLayout();
    connect(m_show, &QPushButton::clicked, this, &ConnectionTest::showCertificate);
    connect(m_choose, &QPushButton::clicked, this, &ConnectionTest::authorityRequested);
    connect(&m_presenter, &ConnectionPresenter::passed, this, &ConnectionTest::passed);
    connect(&m_presenter, &ConnectionPresenter::failed, this, &ConnectionTest::showFailure);
}

void ConnectionTest::buildLayout()
{
    m_list->setObjectName(u"connectionTest"_s);
    m_list->setAccessibleName(tr("Connection test"));
    m_list->setModel(&m_steps);
    m_list->setWordWrap(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    m_list->setMinimumHeight(fontMetrics().height() * 4);
    m_show->setObjectName(u"showCertificate"_s);
    m_choose->setObjectName(u"chooseAuthority"_s);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_show, m_choose}) {
        button->setAutoDefault(false);
        button->hide();
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *hint = new QLabel(tr("Test shows here, step by step, what works and what does not."));
    hint->setObjectName(u"testHint"_s);
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignCenter);
    hint->setEnabled(false);
    m_stack->addWidget(hint);
    m_stack->addWidget(m_list);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack, 1);
    layout->addLayout(buttons);
}

void ConnectionTest::start(const SavedConnection &connection, const Credentials &credentials)
{
    m_refused.reset();
    m_show->hide();
    m_choose->hide();
    m_stack->setCurrentWidget(m_list);
    m_presenter.test(connection, credentials);
}

void ConnectionTest::stop()
{
    m_presenter.stop();
}

void ConnectionTest::showFailure(const Error &error)
{
    m_refused = error.certificate;
    m_show->setVisible(m_refused != nullptr);
    m_choose->setVisible(m_refused != nullptr);
    emit failed(error);
    if (m_refused)
        m_show->setFocus();
}

void ConnectionTest::showCertificate()
{
    auto *dialog = new CertificateDialog(m_refused, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CertificateDialog::trusted, this, &ConnectionTest::certificateTrusted);
    dialog->open();
}

} // namespace Longshore::Ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/views/filefield.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static QFileDialog::FileMode fileModeOf(FileField::Purpose purpose)
{
    switch (purpose) {
    case FileField::Purpose::Open: return QFileDialog::ExistingFile;
    case FileField::Purpose::Save: return QFileDialog::AnyFile;
    case FileField::Purpose::Folder: return QFileDialog::Directory;
    }
    Q_UNREACHABLE();
}

FileField::FileField(const QString &objectName, const QString &title, const QString &filter,
                     QWidget *parent)
    : QWidget(parent), m_title(title), m_filter(filter), m_path(new QLineEdit)
{
    m_path->setObjectName(objectName);
    m_path->setAccessibleName(title);
    auto *choose = new QPushButton(tr("Choose\u2026"));
    choose->setObjectName(objectName + "Choose"_L1);
    choose->setAccessibleName(tr("Choose: %1", "a file").arg(title));
    choose->setAutoDefault(false); // Enter accepts the dialog.
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_path, 1);
    layout->addWidget(choose);
    setFocusProxy(m_path);
    connect(m_path, &QLineEdit::textChanged, this, &FileField::changed);
    connect(choose, &QPushButton::clicked, this, &FileField::choose);
}

QString FileField::path() const
{
    return m_path->text().trimmed();
}

void FileField::setPath(const QString &path)
{
    m_path->setText(path);
}

void FileField::choose()
{
    auto *dialog = new QFileDialog(this, m_title, QFileInfo(path()).absolutePath(), m_filter);
    dialog->setObjectName(u"chooseFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(m_purpose == Purpose::Save ? QFileDialog::AcceptSave
                                                     : QFileDialog::AcceptOpen);
    dialog->setFileMode(fileModeOf(m_purpose));
    if (m_purpose == Purpose::Save)
        dialog->selectFile(QFileInfo(path()).fileName());
    if (path().isEmpty())
        dialog->setDirectory(QDir::home());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        setPath(QDir::toNativeSeparators(path));
        emit chosen();
    });
    dialog->open();
}

} // namespace Longshore::Ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/exportdialog.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/filename.h"
#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"
#include "ui/views/filefield.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using Form = ImagePlace::Form;

ExportDialog::ExportDialog(std::unique_ptr<ExportPresenter> presenter, const QString &folder,
                           QWidget *parent)
    : QDialog(parent)
    , m_presenter(std::move(presenter))
    , m_image(plainLabel(u"image"_s))
    , m_form(new QComboBox)
    , m_platform(new QComboBox)
    , m_target(new FileField(u"target"_s, tr("Where to Export To"), {}))
    , m_name(new QLineEdit)
    , m_note(plainLabel(u"exportNote"_s))
    , m_message(new MessageBar)
    , m_buttons(new QDialogButtonBox)
    , m_export(m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole))
{
    setObjectName(u"exportImageDialog"_s);
    setWindowTitle(tr("Export Image"));
    const ImageChoice &image = m_presenter->image();
    m_image->setText(displayText(m_presenter->title()));
    if (const Tag *tag = image.reference.tag())
        m_name->setText(tag->toString());
    m_form->addItem(tr("OCI layout: a folder"), QVariant::fromValue(Form::OciFolder));
    m_form->addItem(tr("OCI archive: one file, which Docker loads too"),
                    QVariant::fromValue(Form::OciArchive));
    m_form->addItem(tr("Docker archive: one file, for one platform"),
                    QVariant::fromValue(Form::DockerArchive));
    m_target->setPath(QDir::toNativeSeparators(
        QDir(folder).filePath(imageFileName(image.repository, image.reference))));
    buildLayout();
    connectSignals();
    chooseForm();
    showChoices();
    m_presenter->read();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::buildLayout()
{
    m_form->setObjectName(u"form"_s);
    m_platform->setObjectName(u"platform"_s);
    m_name->setObjectName(u"imageName"_s);
    m_name->setPlaceholderText(tr("empty for no name"));
    m_message->hide();
    m_export->setObjectName(u"export"_s);
    m_export->setIcon(tintedIcon(u"export"_s));
    // The last, else Tab skips it: it goes from the fields to the default button.
    m_buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"cancel"_s);

    auto *form = new QFormLayout;
    form->addRow(tr("Image:"), m_image);
    form->addRow(tr("&Form:"), m_form);
    form->addRow(tr("&Platform:"), m_platform);
    form->addRow(tr("&To:"), m_target);
    form->addRow(tr("&Name in it:"), m_name);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addLayout(form);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_buttons);
    m_export->setDefault(true); // Not earlier: it belongs to this window only now.
    resize(fontMetrics().averageCharWidth() * 84, sizeHint().height());
}

void ExportDialog::connectSignals()
{
    connect(m_form, &QComboBox::currentIndexChanged, this, &ExportDialog::chooseForm);
    connect(m_platform, &QComboBox::currentIndexChanged, this, &ExportDialog::update);
    connect(m_target, &FileField::changed, this, &ExportDialog::update);
    connect(m_name, &QLineEdit::textChanged, this, &ExportDialog::update);
    connect(m_presenter.get(), &ExportPresenter::changed, this, &ExportDialog::showChoices);
    connect(m_presenter.get(), &ExportPresenter::failed, this, [this](const Error &error) {
        const ErrorText text = errorText(error);
        m_message->showMessage(MessageBar::Kind::Warning, text.summary(), text.details);
    });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Form ExportDialog::form() const
{
    return m_form->currentData().value<Form>();
}

/// A file is told from a folder by its ending, unless somebody has named it otherwise.
void ExportDialog::chooseForm()
{
    constexpr auto ending = ".tar"_L1;
    QString path = m_target->path();
    if (isArchive() && !path.endsWith(ending))
        path += ending;
    else if (!isArchive() && path.endsWith(ending))
        path.chop(ending.size());
    m_target->setPath(path);
    m_target->setPurpose(isArchive() ? FileField::Purpose::Save : FileField::Purpose::Folder);
    update();
}

void ExportDialog::showChoices()
{
    m_platform->clear();
    for (const auto &[platform, bytes] : m_presenter->choices()) {
        const QString what = platform ? displayText(platform->toString()) : tr("all of it");
        m_platform->addItem(
            tr("%1 (%2)", "a part of the image, and its size").arg(what, formatBytes(bytes)));
    }
    m_platform->setEnabled(m_platform->count() > 1);
    if (m_platform->count() == 0)
        m_platform->addItem(tr("Reading\u2026"));
    update();
}

std::optional<Platform> ExportDialog::platform() const
{
    const int index = m_platform->currentIndex();
    return index >= 0 && index < m_presenter->choices().size()
               ? m_presenter->choices().at(index).platform
               : std::nullopt;
}

QString ExportDialog::path() const
{
    const QString path = QDir::fromNativeSeparators(m_target->path());
    return QDir::cleanPath(QDir::home().absoluteFilePath(path));
}

PlaceExport ExportDialog::wanted() const
{
    ImageReference name = m_presenter->source();
    name.digest.reset();
    name.tag = Tag::parse(m_name->text().trimmed());
    QString text = name.tag ? name.tag->toString() : QString();
    if (name.tag && form() == Form::DockerArchive)
        text = name.toString(); // Which is what Docker calls it when it has loaded it.
    return {m_presenter->source(), platform(), {form(), path(), text}, m_existing};
}

/// Why the button is off; empty when it is not.
QString ExportDialog::whyNot() const
{
    if (m_presenter->choices().isEmpty())
        return tr("Reading what the image is made of\u2026");
    if (m_target->path().isEmpty())
        return tr("Say where to export to.");
    const QString name = m_name->text().trimmed();
    if (!name.isEmpty() && !Tag::parse(name))
        return tr("%1 cannot be the name of an image: a name is written as a tag.")
            .arg(quotedText(name));
    if (form() == Form::DockerArchive && m_presenter->choices().size() > 1 && !platform())
        return tr("A Docker archive holds one platform. Choose one.");
    if (isArchive() && QFileInfo(path()).isDir())
        return tr("A folder has this name. Choose the name of a file.");
    return {};
}

void ExportDialog::update()
{
    const bool isThere = isArchive() && QFileInfo(path()).isFile();
    m_existing = isThere ? SafeFile::Existing::Replace : SafeFile::Existing::Keep;
    const QString reason = whyNot();
    m_export->setEnabled(reason.isEmpty());
    if (!reason.isEmpty())
        m_note->setText(reason);
    else if (isThere)
        m_note->setText(
            tr("This file is there already. It will be replaced when the new one is complete."));
    else
        m_note->setText(
            tr("Every byte is verified. What was broken off is completed the next time."));
}

} // namespace Longshore::Ui

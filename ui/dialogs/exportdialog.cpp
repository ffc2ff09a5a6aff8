// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/exportdialog.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/exportforms.h"
#include "ui/dialogs/exportpart.h"
#include "ui/dialogs/exportroom.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/filefield.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"

#include <QCheckBox>
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
    , m_platform(new ExportPart(*m_presenter))
    , m_target(new FileField(u"target"_s, tr("Where to Export To"), {}))
    , m_earlier(new FileField(u"earlier"_s, tr("Earlier Export"), {}))
    , m_taken(new QComboBox)
    , m_name(new QLineEdit)
    , m_checksums(new QCheckBox(tr("Write &check sums and a list of the contents beside it")))
    , m_referrers(new QCheckBox(tr("Include si&gnatures and whatever else refers to it")))
    , m_fields(new QFormLayout)
    , m_note(plainLabel(u"exportNote"_s))
    , m_room(new ExportRoom(*m_presenter))
    , m_message(new MessageBar)
    , m_buttons(new QDialogButtonBox)
    , m_export(m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole))
{
    setObjectName(u"exportImageDialog"_s);
    setWindowTitle(isOfLayers()   ? tr("Export Layers")
                   : isOneImage() ? tr("Export Image")
                                  : tr("Export Images"));
    const QList<Reference> &images = m_presenter->references();
    m_image->setText(displayText(m_presenter->title()));
    m_image->setToolTip(m_presenter->listing()); // Names and digests: nothing else is in them.
    if (const Tag *tag = images.first().tag())
        m_name->setText(tag->toString());
    addForms();
    m_target->setPath(QDir::toNativeSeparators(QDir(folder).filePath(m_presenter->fileName())));
    buildLayout();
    if (isOfLayers())
        hideWhatIsForImages();
    connectSignals();
    chooseForm();
    showChoices();
    m_presenter->read();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::hideWhatIsForImages()
{
    for (QWidget *widget : {static_cast<QWidget *>(m_platform), static_cast<QWidget *>(m_taken),
                            static_cast<QWidget *>(m_earlier), static_cast<QWidget *>(m_referrers)})
        m_fields->setRowVisible(widget, false);
}

template <typename Value>
static void add(QComboBox &box, const ExportChoices<Value> &choices)
{
    for (const auto &[text, value] : choices)
        box.addItem(text, QVariant::fromValue(value));
}

void ExportDialog::addForms()
{
    add(*m_taken, takenNames());
    if (isOfLayers())
        return add(*m_form, formsOfLayers());
    add(*m_form, formsOfImages());
    if (isOneImage())
        add(*m_form, formsOfOneImage());
}

void ExportDialog::buildLayout()
{
    m_form->setObjectName(u"form"_s);
    m_taken->setObjectName(u"taken"_s);
    m_name->setObjectName(u"imageName"_s);
    m_checksums->setObjectName(u"checksums"_s);
    m_referrers->setObjectName(u"withReferrers"_s);
    m_name->setPlaceholderText(tr("empty for no name"));
    m_target->setToolTip(tr("What is exported may fill in {name}, {repository}, {tag}, {digest}, "
                            "{platform} and {host}."));
    m_earlier->setToolTip(tr("An earlier export, which is already where this one shall go. What it "
                             "holds is left out."));
    m_message->hide();
    m_export->setObjectName(u"export"_s);
    m_export->setIcon(tintedIcon(u"export"_s));
    // The last, else Tab skips it: it goes from the fields to the default button.
    m_buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"cancel"_s);

    m_fields->addRow(isOfLayers()   ? tr("Layers:")
                     : isOneImage() ? tr("Image:")
                                    : tr("Images:"),
                     m_image);
    m_fields->addRow(tr("&Form:"), m_form);
    m_fields->addRow(tr("&Platform:"), m_platform);
    m_fields->addRow(tr("&To:"), m_target);
    m_fields->addRow(tr("&If it exists:"), m_taken);
    m_fields->addRow(tr("&Without what is in:"), m_earlier);
    m_fields->addRow(tr("&Name in it:"), m_name);
    m_fields->addRow(QString(), m_referrers);
    m_fields->addRow(QString(), m_checksums);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addLayout(m_fields);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_room);
    layout->addWidget(m_buttons);
    m_export->setDefault(true); // Not earlier: it belongs to this window only now.
    resize(fontMetrics().averageCharWidth() * 84, sizeHint().height());
}

void ExportDialog::connectSignals()
{
    connect(m_form, &QComboBox::currentIndexChanged, this, &ExportDialog::chooseForm);
    connect(m_platform, &ExportPart::changed, this, &ExportDialog::update);
    connect(m_target, &FileField::changed, this, &ExportDialog::update);
    connect(m_earlier, &FileField::changed, this, &ExportDialog::update);
    connect(m_taken, &QComboBox::currentIndexChanged, this, &ExportDialog::update);
    connect(m_name, &QLineEdit::textChanged, this, &ExportDialog::update);
    connect(m_presenter.get(), &ExportPresenter::changed, this, &ExportDialog::showChoices);
    connect(m_presenter.get(), &ExportPresenter::failed, this, [this](const Error &error) {
        const ErrorText text = errorText(error);
        m_message->showMessage(MessageBar::Kind::Warning, text.summary(), text.details);
    });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

/// Without a name.
ImagePlace ExportDialog::place() const
{
    return {m_form->currentData().value<Form>(), path()};
}

bool ExportDialog::hasName() const
{
    return !place().isForOneImage() && isOneImage();
}

/// A file is told from a folder by its ending, unless somebody has named it otherwise.
void ExportDialog::chooseForm()
{
    constexpr auto ending = ".tar"_L1;
    QString path = m_target->path();
    if (place().isFile() && !path.endsWith(ending))
        path += ending;
    else if (!place().isFile() && path.endsWith(ending))
        path.chop(ending.size());
    m_target->setPath(path);
    m_fields->setRowVisible(m_name, hasName());
    m_target->setPurpose(place().isFile() ? FileField::Purpose::Save : FileField::Purpose::Folder);
    m_earlier->setEnabled(isLayout());
    m_referrers->setEnabled(isLayout() && m_presenter->knowsReferrers());
    m_checksums->setEnabled(place().form != Form::RootFolder); // Its links may lead anywhere.
    m_earlier->setPurpose(place().isFile() ? FileField::Purpose::Open : FileField::Purpose::Folder);
    update();
}

void ExportDialog::showChoices()
{
    m_platform->showChoices();
    update();
}

QString ExportDialog::wholePath(const QString &path)
{
    return QDir::cleanPath(QDir::home().absoluteFilePath(QDir::fromNativeSeparators(path)));
}

QString ExportDialog::path() const
{
    return wholePath(m_target->path());
}

bool ExportDialog::isLayout() const
{
    return place().form == Form::OciFolder || place().form == Form::OciArchive;
}

QString ExportDialog::earlier() const
{
    const QString path = isLayout() ? m_earlier->path() : QString();
    return path.isEmpty() ? QString() : wholePath(path);
}

PlaceExport ExportDialog::wanted() const
{
    QList<ImageReference> sources = m_presenter->sources();
    PlaceExport wanted{sources.takeFirst(), m_platform->platforms(), place()};
    wanted.others = sources;
    wanted.earlier = earlier();
    wanted.layers = m_presenter->layers();
    if (isNameTaken())
        wanted.taken = m_taken->currentData().value<TakenName>();
    wanted.withReferrers = m_referrers->isEnabled() && m_referrers->isChecked();
    wanted.withChecksums = m_checksums->isEnabled() && m_checksums->isChecked();
    ImageReference name = wanted.source;
    name.digest.reset();
    name.tag = Tag::parse(m_name->text().trimmed());
    if (hasName() && name.tag) // The whole is what Docker calls it when it has loaded it.
        wanted.place.name =
            wanted.place.form == Form::DockerArchive ? name.toString() : name.tag->toString();
    return wanted;
}

Result<QList<PlaceExport>> ExportDialog::exports() const
{
    PlaceExport all = wanted();
    if (!hasDigestField(all.place.path))
        return filledIn(all);
    // What is in a name, is what is exported.
    const QList<Digest> &digests = m_presenter->digests();
    for (qsizetype i = 0; i < digests.size(); ++i)
        (i == 0 ? all.source : all.others[i - 1]).digest = digests.at(i);
    return filledIn(all);
}

/// Where fields make several names, each of them may be.
bool ExportDialog::isNameTaken() const
{
    return place().appearsWhole() && (isTaken(path()) || path().contains(u'{'));
}

/// Why the button is off; empty when it is not.
QString ExportDialog::whyNot() const
{
    if (m_presenter->choices().isEmpty())
        return tr("Reading what the image is made of\u2026");
    if (const QString objection = m_platform->objection(); !objection.isEmpty())
        return objection;
    if (m_target->path().isEmpty())
        return tr("Say where to export to.");
    const QString name = m_name->text().trimmed();
    if (hasName() && !name.isEmpty() && !Tag::parse(name))
        return tr("%1 cannot be the name of an image: a name is written as a tag.")
            .arg(quotedText(name));
    if (place().isForOnePlatform() && m_presenter->hasSeveralPlatforms()
        && m_platform->platforms().size() != 1)
        return m_presenter->choices().size() > 1
                   ? tr("This form holds one platform. Choose one.")
                   : tr("This form holds one platform, and there is none that all of these images "
                        "are for.");
    if (place().isFile() && QFileInfo(path()).isDir())
        return tr("A folder has this name. Choose the name of a file.");
    if (!earlier().isEmpty() && !QFileInfo::exists(earlier()))
        return tr("There is no earlier export %1.").arg(quotedPath(earlier()));
    const bool replaces = wanted().taken == TakenName::Replace;
    if (replaces && place().form == Form::RootFolder)
        return tr("A folder is never replaced. Choose another name for it.");
    const auto all = exports();
    if (!all)
        return all.error().message;
    return {};
}

void ExportDialog::update()
{
    m_taken->setEnabled(isNameTaken());
    m_room->showFor(place(), m_platform->bytes());
    const QString reason = whyNot();
    const auto all = exports();
    m_export->setEnabled(reason.isEmpty());
    if (!reason.isEmpty())
        m_note->setText(reason);
    else if (all && all->first().place.path != path())
        m_note->setText(
            tr("Writes %n place(s), the first of them %1.", nullptr, static_cast<int>(all->size()))
                .arg(quotedPath(all->first().place.path)));
    else
        m_note->setText(
            tr("Every byte is verified. What was broken off is completed the next time."));
}

} // namespace Longshore::Ui

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>CertificateText</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CleanupRules</name>
        <message numerus="yes">
            <source>older than %n day(s)</source>
            <translation>
                <numerusform>older than %n day</numerusform>
                <numerusform>older than %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>not older than %n day(s)</source>
            <translation>
                <numerusform>not older than %n day</numerusform>
                <numerusform>not older than %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CopyCommand</name>
        <message numerus="yes">
            <source>%n layer(s) may not be distributed and were left out.</source>
            <translation>
                <numerusform>%n layer may not be distributed and was left out.</numerusform>
                <numerusform>%n layers may not be distributed and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) of signatures and the like name something else there, and were left as they are: %1.</source>
            <translation>
                <numerusform>%n tag of signatures and the like names something else there, and was left as it is: %1.</numerusform>
                <numerusform>%n tags of signatures and the like name something else there, and were left as they are: %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CopyText</name>
        <message numerus="yes">
            <source>To be sent: %1 of %2, in %n part(s) of %3.</source>
            <translation>
                <numerusform>To be sent: %1 of %2, in %n part of %3.</numerusform>
                <numerusform>To be sent: %1 of %2, in %n parts of %3.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more file(s) could not be read.</source>
            <translation>
                <numerusform>%n more file could not be read.</numerusform>
                <numerusform>%n more files could not be read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CopyTransfer</name>
        <message numerus="yes">
            <source>%n layer(s) may not be distributed and were left out.</source>
            <translation>
                <numerusform>%n layer may not be distributed and was left out.</numerusform>
                <numerusform>%n layers may not be distributed and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) of signatures and the like name something else there, and were left as they are.</source>
            <translation>
                <numerusform>%n tag of signatures and the like names something else there, and was left as it is.</numerusform>
                <numerusform>%n tags of signatures and the like name something else there, and were left as they are.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DeletionText</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>is deleted with its image and %n more tag(s)</source>
            <translation>
                <numerusform>is deleted with its image and %n more tag</numerusform>
                <numerusform>is deleted with its image and %n more tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) deleted</source>
            <translation>
                <numerusform>%n tag deleted</numerusform>
                <numerusform>%n tags deleted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n skipped because something changed</source>
            <translation>
                <numerusform>%n skipped because something changed</numerusform>
                <numerusform>%n skipped because something changed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not tried</source>
            <translation>
                <numerusform>%n not tried</numerusform>
                <numerusform>%n not tried</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n more.</source>
            <translation>
                <numerusform>And %n more.</numerusform>
                <numerusform>And %n more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n already gone</source>
            <translation>
                <numerusform>%n already gone</numerusform>
                <numerusform>%n already gone</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>A backup of %n manifest(s) will be written before anything is deleted, to %1. It brings back what is deleted as long as the server has not collected its garbage; with the layers, always.</source>
            <translation>
                <numerusform>A backup of %n manifest will be written before anything is deleted, to %1. It brings back what is deleted as long as the server has not collected its garbage; with the layers, always.</numerusform>
                <numerusform>A backup of %n manifests will be written before anything is deleted, to %1. It brings back what is deleted as long as the server has not collected its garbage; with the layers, always.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message numerus="yes">
            <source>%n layer(s) may not be distributed and were left out.</source>
            <translation>
                <numerusform>%n layer may not be distributed and was left out.</numerusform>
                <numerusform>%n layers may not be distributed and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n blob(s) that the earlier export holds were left out. What was exported now can only be used where they are.</source>
            <translation>
                <numerusform>%n blob that the earlier export holds was left out. What was exported now can only be used where it is.</numerusform>
                <numerusform>%n blobs that the earlier export holds were left out. What was exported now can only be used where they are.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LeftOutReferrer</name>
        <message numerus="yes">
            <source>%n referrer(s) were left out: %1</source>
            <translation>
                <numerusform>%n referrer was left out: %1</numerusform>
                <numerusform>%n referrers were left out: %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::DownloadBlobJob</name>
        <message numerus="yes">
            <source>%n blob(s) had to be brought from the start again, because what had arrived could not be used.</source>
            <translation>
                <numerusform>%n blob had to be brought from the start again, because what had arrived could not be used.</numerusform>
                <numerusform>%n blobs had to be brought from the start again, because what had arrived could not be used.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::PlanImageCopyJob</name>
        <message numerus="yes">
            <source>%1 lacks %n blob(s) that are not in %2 either, %3 among them. Bring the earlier export into this repository first. Nothing was sent.</source>
            <translation>
                <numerusform>%1 lacks %n blob that is not in %2 either, %3. Bring the earlier export into this repository first. Nothing was sent.</numerusform>
                <numerusform>%1 lacks %n blobs that are not in %2 either, %3 among them. Bring the earlier export into this repository first. Nothing was sent.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::BackgroundRuns</name>
        <message numerus="yes">
            <source>%n deletion(s)</source>
            <translation>
                <numerusform>%n deletion</numerusform>
                <numerusform>%n deletions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::BackupsPanel</name>
        <message numerus="yes">
            <source>%n backup(s), %1</source>
            <translation>
                <numerusform>%n backup, %1</numerusform>
                <numerusform>%n backups, %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The backup %1 is complete: %n file(s), %2, all as their digests say.</source>
            <translation>
                <numerusform>The backup %1 is complete: %n file, %2, all as their digests say.</numerusform>
                <numerusform>The backup %1 is complete: %n files, %2, all as their digests say.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n backup(s) deleted.</source>
            <translation>
                <numerusform>%n backup deleted.</numerusform>
                <numerusform>%n backups deleted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n backup(s) could not be deleted.</source>
            <translation>
                <numerusform>%n backup could not be deleted.</numerusform>
                <numerusform>%n backups could not be deleted.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::CleanupDialog</name>
        <message numerus="yes">
            <source>%1 of %n tag(s) from %2</source>
            <translation>
                <numerusform>%1 of %n tag from %2</numerusform>
                <numerusform>%1 of %n tags from %2</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and from %n more repository(ies)</source>
            <translation>
                <numerusform>and from %n more repository</numerusform>
                <numerusform>and from %n more repositories</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Back up and delete %n tag(s) of %1?</source>
            <translation>
                <numerusform>Back up and delete %n tag of %1?</numerusform>
                <numerusform>Back up and delete %n tags of %1?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Back Up and &amp;Delete %n Tag(s)</source>
            <translation>
                <numerusform>Back Up and &amp;Delete %n Tag</numerusform>
                <numerusform>Back Up and &amp;Delete %n Tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Put an &amp;empty image under %n tag(s) for a moment</source>
            <translation>
                <numerusform>Put an &amp;empty image under %n tag for a moment</numerusform>
                <numerusform>Put an &amp;empty image under %n tags for a moment</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::CleanupEffect</name>
        <message numerus="yes">
            <source>No tag goes; %n tag(s) stay.</source>
            <translation>
                <numerusform>No tag goes; %n tag stays.</numerusform>
                <numerusform>No tag goes; %n tags stay.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n tag(s) go.</source>
            <translation>
                <numerusform>%1 of %n tag goes.</numerusform>
                <numerusform>%1 of %n tags go.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Of these, %n go(es) alone: the image stays.</source>
            <translation>
                <numerusform>Of these, %n goes alone: the image stays.</numerusform>
                <numerusform>Of these, %n go alone: the image stays.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n manifest(s) are removed.</source>
            <translation>
                <numerusform>%n manifest is removed.</numerusform>
                <numerusform>%n manifests are removed.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) have no usable date.</source>
            <translation>
                <numerusform>%n tag has no usable date.</numerusform>
                <numerusform>%n tags have no usable date.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are gone.</source>
            <translation>
                <numerusform>%n tag is gone.</numerusform>
                <numerusform>%n tags are gone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are not: the list says why.</source>
            <translation>
                <numerusform>%n tag is not: the list says why.</numerusform>
                <numerusform>%n tags are not: the list says why.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It takes about %n request(s).</source>
            <translation>
                <numerusform>It takes about %n request.</numerusform>
                <numerusform>It takes about %n requests.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more repository(ies) have something to tell.</source>
            <translation>
                <numerusform>%n more repository has something to tell.</numerusform>
                <numerusform>%n more repositories have something to tell.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::CleanupFoot</name>
        <message numerus="yes">
            <source>Back Up and &amp;Delete %n Tag(s)…</source>
            <translation>
                <numerusform>Back Up and &amp;Delete %n Tag…</numerusform>
                <numerusform>Back Up and &amp;Delete %n Tags…</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::CleanupPage</name>
        <message numerus="yes">
            <source>%n tag(s) selected</source>
            <translation>
                <numerusform>%n tag selected</numerusform>
                <numerusform>%n tags selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::CleanupTableModel</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::ConnectionPresenter</name>
        <message numerus="yes">
            <source>%n name(s)</source>
            <translation>
                <numerusform>%n name</numerusform>
                <numerusform>%n names</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::DeleteDialog</name>
        <message numerus="yes">
            <source>Delete %n tag(s) from %1?</source>
            <translation>
                <numerusform>Delete %n tag from %1?</numerusform>
                <numerusform>Delete %n tags from %1?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Delete %n Tag(s)</source>
            <translation>
                <numerusform>&amp;Delete %n Tag</numerusform>
                <numerusform>&amp;Delete %n Tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::DeletionChoice</name>
        <message numerus="yes">
            <source>Remove the &amp;images, and with them %n more tag(s)</source>
            <translation>
                <numerusform>Remove the &amp;images, and with them %n more tag</numerusform>
                <numerusform>Remove the &amp;images, and with them %n more tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::ExportDialog</name>
        <message numerus="yes">
            <source>Writes %n place(s), the first of them %1.</source>
            <translation>
                <numerusform>Writes %n place, the first of them %1.</numerusform>
                <numerusform>Writes %n places, the first of them %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::ExportPresenter</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <comment>an image, and others</comment>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, layer(s) %2</source>
            <comment>an image, and numbers</comment>
            <translation>
                <numerusform>%1, layer %2</numerusform>
                <numerusform>%1, layers %2</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::FileSource</name>
        <message numerus="yes">
            <source>OCI layout with %n image(s)</source>
            <translation>
                <numerusform>OCI layout with %n image</numerusform>
                <numerusform>OCI layout with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>OCI archive with %n image(s)</source>
            <translation>
                <numerusform>OCI archive with %n image</numerusform>
                <numerusform>OCI archive with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Docker archive with %n image(s)</source>
            <translation>
                <numerusform>Docker archive with %n image</numerusform>
                <numerusform>Docker archive with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>what skopeo writes as "dir:", with %n image(s)</source>
            <translation>
                <numerusform>what skopeo writes as "dir:", with %n image</numerusform>
                <numerusform>what skopeo writes as "dir:", with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n image(s)</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::FilteredTable</name>
        <message numerus="yes">
            <source>%n row(s) are hidden by the filter.</source>
            <translation>
                <numerusform>%n row is hidden by the filter.</numerusform>
                <numerusform>%n rows are hidden by the filter.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::ImagePage</name>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <translation>
                <numerusform>%n layer</numerusform>
                <numerusform>%n layers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::JournalCommands</name>
        <message numerus="yes">
            <source>%n backup(s) were removed: they are older, or take more, than is to be kept.</source>
            <translation>
                <numerusform>%n backup was removed: it is older, or takes more, than is to be kept.</numerusform>
                <numerusform>%n backups were removed: they are older, or take more, than is to be kept.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete %n backup(s), %1?</source>
            <translation>
                <numerusform>Delete %n backup, %1?</numerusform>
                <numerusform>Delete %n backups, %1?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Delete %n Backup(s)</source>
            <translation>
                <numerusform>&amp;Delete %n Backup</numerusform>
                <numerusform>&amp;Delete %n Backups</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::JournalPanel</name>
        <message numerus="yes">
            <source>%n change(s), kept for 90 days</source>
            <translation>
                <numerusform>%n change, kept for 90 days</numerusform>
                <numerusform>%n changes, kept for 90 days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::JsonTreeModel</name>
        <message numerus="yes">
            <source>%n element(s)</source>
            <translation>
                <numerusform>%n element</numerusform>
                <numerusform>%n elements</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n member</numerusform>
                <numerusform>%n members</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::LayerSource</name>
        <message numerus="yes">
            <source>packed into a layer of %n file(s) and folder(s)</source>
            <translation>
                <numerusform>packed into a layer of %n file or folder</numerusform>
                <numerusform>packed into a layer of %n files and folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>a layer of %n file(s) and folder(s)</source>
            <translation>
                <numerusform>a layer of %n file or folder</numerusform>
                <numerusform>a layer of %n files and folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, of which %n take something away from the image</source>
            <translation>
                <numerusform>%1, of which %n takes something away from the image</numerusform>
                <numerusform>%1, of which %n take something away from the image</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) or folder(s)</source>
            <translation>
                <numerusform>%n file or folder</numerusform>
                <numerusform>%n files or folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <comment>files and folders</comment>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>a gzip tar, looks like a layer of %n file(s) and folder(s)</source>
            <translation>
                <numerusform>a gzip tar, looks like a layer of %n file or folder</numerusform>
                <numerusform>a gzip tar, looks like a layer of %n files and folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>a zstd tar, looks like a layer of %n file(s) and folder(s)</source>
            <translation>
                <numerusform>a zstd tar, looks like a layer of %n file or folder</numerusform>
                <numerusform>a zstd tar, looks like a layer of %n files and folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>a tar, looks like a layer of %n file(s) and folder(s)</source>
            <translation>
                <numerusform>a tar, looks like a layer of %n file or folder</numerusform>
                <numerusform>a tar, looks like a layer of %n files and folders</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::Page</name>
        <message numerus="yes">
            <source>Clean up %n repository(ies)</source>
            <translation>
                <numerusform>Clean up %n repository</numerusform>
                <numerusform>Clean up %n repositories</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::QuitDialog</name>
        <message numerus="yes">
            <source>%n transfer(s) would be stopped.</source>
            <translation>
                <numerusform>%n transfer would be stopped.</numerusform>
                <numerusform>%n transfers would be stopped.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n transfer(s) would be paused, to be continued the next time.</source>
            <translation>
                <numerusform>%n transfer would be paused, to be continued the next time.</numerusform>
                <numerusform>%n transfers would be paused, to be continued the next time.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RegistryPresenter</name>
        <message numerus="yes">
            <source>Reading… %n name(s)</source>
            <translation>
                <numerusform>Reading… %n name</numerusform>
                <numerusform>Reading… %n names</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n entry(ies) of the list are no names and were left out.</source>
            <translation>
                <numerusform>%n entry of the list is no name and was left out.</numerusform>
                <numerusform>%n entries of the list are no names and were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RegistrySource</name>
        <message numerus="yes">
            <source>%n image(s)</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RepositoryPage</name>
        <message numerus="yes">
            <source>%n entry(ies) of the list are no tags and were left out.</source>
            <translation>
                <numerusform>%n entry of the list is no tag and was left out.</numerusform>
                <numerusform>%n entries of the list are no tags and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are hidden by the filter.</source>
            <translation>
                <numerusform>%n tag is hidden by the filter.</numerusform>
                <numerusform>%n tags are hidden by the filter.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n tag(s)</source>
            <translation>
                <numerusform>%1 of %n tag</numerusform>
                <numerusform>%1 of %n tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s)</source>
            <translation>
                <numerusform>%n tag</numerusform>
                <numerusform>%n tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) selected</source>
            <translation>
                <numerusform>%n tag selected</numerusform>
                <numerusform>%n tags selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RestoreCommands</name>
        <message numerus="yes">
            <source>%n image(s) are gone, as planned.</source>
            <translation>
                <numerusform>%n image is gone, as planned.</numerusform>
                <numerusform>%n images are gone, as planned.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n image(s) have other tags by now, and are left alone.</source>
            <translation>
                <numerusform>%n image has other tags by now, and is left alone.</numerusform>
                <numerusform>%n images have other tags by now, and are left alone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n image(s) are left to be deleted.</source>
            <translation>
                <numerusform>%n image is left to be deleted.</numerusform>
                <numerusform>%n images are left to be deleted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n image(s) without a tag are left as well, and stay: nothing names them any more.</source>
            <translation>
                <numerusform>%n image without a tag is left as well, and stays: nothing names it any more.</numerusform>
                <numerusform>%n images without a tag are left as well, and stay: nothing names them any more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are gone, as planned.</source>
            <translation>
                <numerusform>%n tag is gone, as planned.</numerusform>
                <numerusform>%n tags are gone, as planned.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) point elsewhere by now, or are the last of their image, and are left alone.</source>
            <translation>
                <numerusform>%n tag points elsewhere by now, or is the last of its image, and is left alone.</numerusform>
                <numerusform>%n tags point elsewhere by now, or are the last of their image, and are left alone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are left to be removed.</source>
            <translation>
                <numerusform>%n tag is left to be removed.</numerusform>
                <numerusform>%n tags are left to be removed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RestoreDialog</name>
        <message numerus="yes">
            <source>%n backup(s) cannot be restored; the list says why.</source>
            <translation>
                <numerusform>%n backup cannot be restored; the list says why.</numerusform>
                <numerusform>%n backups cannot be restored; the list says why.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Restore tags of %n backup(s)?</source>
            <translation>
                <numerusform>Restore tags of %n backup?</numerusform>
                <numerusform>Restore tags of %n backups?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Restore %n Tag(s)</source>
            <translation>
                <numerusform>&amp;Restore %n Tag</numerusform>
                <numerusform>&amp;Restore %n Tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RuleEditor</name>
        <message numerus="yes">
            <source>%n tag(s)</source>
            <translation>
                <numerusform>%n tag</numerusform>
                <numerusform>%n tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RunWatch</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::SourceImageChoice</name>
        <message numerus="yes">
            <source>All %n, each under its own tag</source>
            <comment>images</comment>
            <translation>
                <numerusform>All %n, each under its own tag</numerusform>
                <numerusform>All %n, each under its own tag</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::StatusLine</name>
        <message numerus="yes">
            <source>%n transfer(s)</source>
            <translation>
                <numerusform>%n transfer</numerusform>
                <numerusform>%n transfers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 Trying again in %n second(s).</source>
            <translation>
                <numerusform>%1 Trying again in %n second.</numerusform>
                <numerusform>%1 Trying again in %n seconds.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::TagTreeView</name>
        <message numerus="yes">
            <source>%n tag(s)</source>
            <translation>
                <numerusform>%n tag</numerusform>
                <numerusform>%n tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::TransferAnnouncer</name>
        <message numerus="yes">
            <source>%n transfer(s) finished.</source>
            <translation>
                <numerusform>%n transfer finished.</numerusform>
                <numerusform>%n transfers finished.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n transfer(s) failed.</source>
            <translation>
                <numerusform>%n transfer failed.</numerusform>
                <numerusform>%n transfers failed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::TransferListModel</name>
        <message numerus="yes">
            <source>a request is tried again in %n second(s): %1</source>
            <translation>
                <numerusform>a request is tried again in %n second: %1</numerusform>
                <numerusform>a request is tried again in %n seconds: %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MergedFolderWriter</name>
        <message numerus="yes">
            <source>So were %n others.</source>
            <translation>
                <numerusform>So was %n other.</numerusform>
                <numerusform>So were %n others.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RestoreResult</name>
        <message numerus="yes">
            <source>%n cannot come back: neither the server nor the backup has all of it.</source>
            <translation>
                <numerusform>%n cannot come back: neither the server nor the backup has all of it.</numerusform>
                <numerusform>%n cannot come back: neither the server nor the backup has all of it.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) point to something else by now and stay. Add --replace to move them.</source>
            <translation>
                <numerusform>%n tag points to something else by now and stays. Add --replace to move it.</numerusform>
                <numerusform>%n tags point to something else by now and stay. Add --replace to move them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RestoreText</name>
        <message numerus="yes">
            <source>%n tag(s) can come back.</source>
            <translation>
                <numerusform>%n tag can come back.</numerusform>
                <numerusform>%n tags can come back.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are there already.</source>
            <translation>
                <numerusform>%n tag is there already.</numerusform>
                <numerusform>%n tags are there already.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) point to something else by now. Those that you tick are moved back, after what they point to was saved.</source>
            <translation>
                <numerusform>%n tag points to something else by now. If you tick it, it is moved back, after what it points to was saved.</numerusform>
                <numerusform>%n tags point to something else by now. Those that you tick are moved back, after what they point to was saved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) cannot come back: the server has removed layers that are not in the backup.</source>
            <translation>
                <numerusform>%n tag cannot come back: the server has removed layers that are not in the backup.</numerusform>
                <numerusform>%n tags cannot come back: the server has removed layers that are not in the backup.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) restored</source>
            <translation>
                <numerusform>%n tag restored</numerusform>
                <numerusform>%n tags restored</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n was there</source>
            <translation>
                <numerusform>%n was there</numerusform>
                <numerusform>%n was there</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n left alone</source>
            <translation>
                <numerusform>%n left alone</numerusform>
                <numerusform>%n left alone</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not tried</source>
            <translation>
                <numerusform>%n not tried</numerusform>
                <numerusform>%n not tried</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TagTreeText</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TransferTask</name>
        <message numerus="yes">
            <source>%n blob(s) that the earlier export holds were left out.</source>
            <translation>
                <numerusform>%n blob that the earlier export holds was left out.</numerusform>
                <numerusform>%n blobs that the earlier export holds were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s) may not be distributed and were left out.</source>
            <translation>
                <numerusform>%n layer may not be distributed and was left out.</numerusform>
                <numerusform>%n layers may not be distributed and were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ValueFormat</name>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n minute ago</numerusform>
                <numerusform>%n minutes ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) ago</source>
            <translation>
                <numerusform>%n hour ago</numerusform>
                <numerusform>%n hours ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>%n day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n week(s) ago</source>
            <translation>
                <numerusform>%n week ago</numerusform>
                <numerusform>%n weeks ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n month(s) ago</source>
            <translation>
                <numerusform>%n month ago</numerusform>
                <numerusform>%n months ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n year(s) ago</source>
            <translation>
                <numerusform>%n year ago</numerusform>
                <numerusform>%n years ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n second left</numerusform>
                <numerusform>%n seconds left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n minute left</numerusform>
                <numerusform>%n minutes left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n hour left</numerusform>
                <numerusform>%n hours left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n minute(s)</source>
            <translation>
                <numerusform>about %n minute</numerusform>
                <numerusform>about %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about %n hour(s)</source>
            <translation>
                <numerusform>about %n hour</numerusform>
                <numerusform>about %n hours</numerusform>
            </translation>
        </message>
    </context>
</TS>

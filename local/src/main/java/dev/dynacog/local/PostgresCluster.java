package dev.dynacog.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The files of one Postgres: makes them, clears what a dead one left in them, starts a server on them. */
final class PostgresCluster {
    private static final String UNFINISHED = "unfinished-";
    private static final Duration ORPHANS_LINGER = Duration.ofSeconds(10);

    private final PostgresFolder folder;
    private final Path cluster;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;
    private final Watchdog watchdog;
    private final Redirect log;

    PostgresCluster(
            PostgresFolder folder,
            PostgresBinaries binaries,
            Unprivileged unprivileged,
            Watchdog watchdog,
            Redirect log) {
        this.folder = folder;
        this.cluster = folder.cluster();
        this.binaries = binaries;
        this.unprivileged = unprivileged;
        this.watchdog = watchdog;
        this.log = log;
    }

    /** Leaves a cluster that a server can be started on. */
    void prepare() throws IOException {
        prepare(PostgresRoles.SUPERUSER, PostgresSecrets.random());
    }

    /** With the first role and its password, for a cluster that has to be made. */
    void prepare(String superuser, String password) throws IOException {
        unprivileged.letThrough(folder.path());
        if (!Files.exists(cluster)) {
            watchdog.enter(Watchdog.Phase.CREATING);
            create(superuser, password);
        }
        refuseOtherVersion();
        stopLeftover();
        unprivileged.takeOver(cluster);
    }

    /** Returns when the server accepts connections. */
    void start(int port, Duration limit) throws IOException {
        boolean crashed = Files.exists(Postmaster.file(cluster));
        watchdog.enter(Watchdog.Phase.STARTING);
        Deadline orphans = Deadline.in(ORPHANS_LINGER);
        boolean ready = launch(port, limit);
        // The children of a killed postmaster take a moment to notice, and hold its memory until then.
        while (!ready && crashed && Ports.isFree(port) && !orphans.isOver()) {
            ready = launch(port, limit);
        }
        watchdog.enter(Watchdog.Phase.RUNNING);
        if (!ready) {
            throw StackException.failed(
                    "Postgres did not start on " + cluster,
                    "'dynacog local logs' shows why; 'dynacog local down --wipe' deletes all data");
        }
    }

    /** Makes it beside its place and renames, so that a cluster in its place is always whole. */
    private void create(String superuser, String superusersPassword) throws IOException {
        removeUnfinished();
        Path unfinished = Files.createTempDirectory(folder.path(), UNFINISHED);
        Path password = unfinished.resolve("password");
        Folders.replace(password, superusersPassword);
        Path made = unfinished.resolve("cluster");
        Files.createDirectory(made);
        unprivileged.takeOver(unfinished);
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + made,
                "--username=" + superuser,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                // The same order of text on every platform.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (folder.scratch()) {
            command.add("--no-sync");
        }
        int exit = await(run(command));
        if (exit != 0) {
            throw StackException.failed(
                    "Postgres could not make its data folder in " + folder.path(),
                    "'dynacog local logs' says why; check that the disk is writable and not full");
        }
        PostgresSecrets.keepSuperuser(made, superusersPassword);
        Files.move(made, cluster, StandardCopyOption.ATOMIC_MOVE);
        Folders.deleteTree(unfinished);
    }

    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder.path(), UNFINISHED + "*")) {
            for (Path folderOfADeadStack : old) {
                Folders.deleteTree(folderOfADeadStack);
            }
        }
    }

    private void refuseOtherVersion() throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        String version = Files.exists(file) ? Files.readString(file).strip() : "an unknown version";
        if (!version.equals(Integer.toString(binaries.majorVersion()))) {
            throw StackException.failed(
                    "the data folder %s was made by Postgres %s, and this is Postgres %d"
                            .formatted(cluster, version, binaries.majorVersion()),
                    "delete the old data with 'dynacog local down --wipe', or choose another data folder");
        }
    }

    /**
     * We hold the folder's lock, so a postmaster that still runs on it is one whose JVM and watchdog were both killed.
     * A file that names a process which isn't one would keep Postgres from starting; one that names nobody does not,
     * and Postgres is left to check what else of its predecessor is alive.
     */
    private void stopLeftover() throws IOException {
        Path file = Postmaster.file(cluster);
        if (!Files.exists(file)) {
            return;
        }
        if (Postmaster.of(cluster).isPresent()) {
            Watchdog.overKept(cluster, log).close();
        } else if (namesLiveProcess(file)) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean namesLiveProcess(Path file) throws IOException {
        String pid = Files.readString(file).lines().findFirst().orElse("").strip();
        return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    /** Through pg_ctl, which puts the server in a session of its own: Ctrl-C in our terminal must not stop it. */
    private boolean launch(int port, Duration limit) throws IOException {
        List<String> settings = new ArrayList<>(
                List.of("port=" + port, "listen_addresses=127.0.0.1", "unix_socket_directories=''", "io_method=sync"));
        if (folder.scratch()) {
            settings.addAll(List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off"));
        }
        Process pgCtl = run(List.of(
                binaries.program("pg_ctl"),
                "start",
                "--pgdata=" + cluster,
                "--silent",
                "--wait",
                "--timeout=" + limit.toSeconds(),
                "--options=-c " + String.join(" -c ", settings)));
        Deadline deadline = Deadline.in(limit);
        while (!deadline.isOver() && (pgCtl.isAlive() || pgCtl.exitValue() == 0)) {
            if (Postmaster.of(cluster).filter(Postmaster::ready).isPresent()) {
                return true;
            }
            deadline.pause();
        }
        return false;
    }

    private Process run(List<String> command) throws IOException {
        ProcessBuilder builder = BareEnvironment.of(new ProcessBuilder(unprivileged.command(command)))
                .directory(folder.path().toFile())
                .redirectOutput(log)
                .redirectError(log);
        // A new cluster takes this for its zone, which is then what RDS has and not what this machine has.
        builder.environment().put("TZ", "UTC");
        return builder.start();
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            return -1;
        }
    }
}

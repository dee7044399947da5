using System.Diagnostics;
using System.Runtime.InteropServices;
using Dadbs.ClusterHarness;

namespace Dadbs.Server.Tests.Processes;

/// <summary>The disk under one node's data directory, which can be filled and emptied while the node runs. Disposing kills the node.</summary>
internal abstract class LittleDisk(NodeProcess node) : IAsyncDisposable
{
    protected NodeProcess Node { get; } = node;

    /// <summary>A file system of its own. The node must not run yet.</summary>
    public static LittleDisk Mounted(NodeProcess node) => new FileSystem(node);

    /// <summary>A limit to the length of files, as a quota does it, for machines that do not let anybody mount.</summary>
    public static LittleDisk Limited(NodeProcess node) => new FileLimit(node);

    /// <summary>Leaves room for so many bytes more; for a limit to the length of files: in any file.</summary>
    public abstract void Leave(long bytes);

    /// <summary>There is room again.</summary>
    public abstract void MakeRoom();

    public abstract ValueTask DisposeAsync();

    /// <summary>Why this machine refuses to mount a file system; null: it does not.</summary>
    public static string? WhyNotMounted()
    {
        if (!OperatingSystem.IsLinux()) return "file systems in memory are mounted on Linux";
        string directory = Directory.CreateTempSubdirectory("dadbs-disk-").FullName;
        try
        {
            string? refusal = FileSystem.TryMount(directory);
            if (refusal is null) FileSystem.Unmount(directory);
            return refusal is null ? null : $"this machine refuses to mount a file system: {refusal}";
        }
        finally
        {
            Directory.Delete(directory);
        }
    }

    private sealed class FileSystem : LittleDisk
    {
        private readonly string _ballast;

        public FileSystem(NodeProcess node)
            : base(node)
        {
            _ballast = Path.Combine(node.DataDirectory, "ballast");
            var files = Directory.GetFiles(node.DataDirectory).Select(path => (path, File.ReadAllBytes(path), OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path))).ToList();
            if (TryMount(node.DataDirectory) is { } refusal) throw new InvalidOperationException(refusal);
            foreach (var (path, content, mode) in files)
            {
                File.WriteAllBytes(path, content);
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
            }
        }

        public static string? TryMount(string directory)
        {
            try
            {
                return Run("mount", "-t", "tmpfs", "-o", "size=256m", "dadbs", directory);
            }
            catch (System.ComponentModel.Win32Exception e)
            {
                return e.Message;
            }
        }

        public static void Unmount(string directory)
        {
            if (Run("umount", directory) is { } refusal) throw new InvalidOperationException(refusal);
        }

        public override void Leave(long bytes)
        {
            using (var ballast = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                byte[] block = new byte[4096];
                try
                {
                    while (true) ballast.Write(block);
                }
                catch (IOException)
                {
                    // That was the last free block.
                }

                ballast.SetLength(ballast.Length - bytes);
            }
        }

        public override void MakeRoom() => File.Delete(_ballast);

        public override async ValueTask DisposeAsync()
        {
            await Node.KillAsync();
            Unmount(Node.DataDirectory);
        }

        /// <summary>What the command said, if it failed.</summary>
        private static string? Run(string command, params string[] arguments)
        {
            var start = new ProcessStartInfo(command, arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
    }

    private sealed class FileLimit(NodeProcess node) : LittleDisk(node)
    {
        /// <summary>RLIMIT_FSIZE of Linux.</summary>
        private const int FileSize = 1;

        public override void Leave(long bytes) => Limit((ulong)bytes);

        public override void MakeRoom() => Limit(ulong.MaxValue);

        public override async ValueTask DisposeAsync() => await Node.KillAsync();

        /// <summary>The soft limit only, which its owner may raise again.</summary>
        private void Limit(ulong bytes)
        {
            if (!Node.IsRunning) return;
            if (SetLimit(Node.ProcessId, FileSize, [bytes, ulong.MaxValue], 0) != 0) throw new InvalidOperationException($"prlimit: error {Marshal.GetLastPInvokeError()}");
        }

        [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int SetLimit(int process, int resource, ulong[] softAndHard, nint old);
    }
}

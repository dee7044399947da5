using Dadbs.Storage.Recovery;
using FASTER.core;
using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Faster.Devices;

/// <summary>
/// The files of FASTER's checkpoints and commits: checked like the log, durable with each write, and with them the names of the files and directories
/// that were made. Damage in any of them is kept for whoever recovers.
/// </summary>
internal sealed class CheckedDeviceFactory(bool isReadOnly, bool isSealed, WriteLatch latch, Action<SafeFileHandle>? flushContent = null) : INamedDeviceFactory
{
    private readonly LocalStorageNamedDeviceFactory _names = new();
    private readonly List<CheckedDevice> _devices = [];
    private string _root = "";

    /// <summary>The first damage met in any file since the last <see cref="Forget"/>.</summary>
    public CorruptionException? Damage
    {
        get
        {
            lock (_devices)
                return _devices.Select(device => device.DamageBelow(long.MaxValue)).FirstOrDefault(damage => damage is not null);
        }
    }

    /// <summary>Lets go of devices that did their work.</summary>
    public void Forget()
    {
        lock (_devices)
            _devices.Clear();
    }

    public void Initialize(string baseName)
    {
        _root = Path.GetFullPath(baseName);
        if (!isReadOnly)
            _names.Initialize(baseName);
        else
            _names.Initialize(Directory.Exists(baseName) ? baseName : Path.GetTempPath());
    }

    public IDevice Get(FileDescriptor fileInfo)
    {
        string path = Path.GetFullPath(Path.Combine(_root, fileInfo.directoryName, fileInfo.fileName));
        string directory = Path.GetDirectoryName(path)!;
        if (!isReadOnly && !Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            for (string? made = directory; made is not null && made.Length >= _root.Length; made = Path.GetDirectoryName(made))
                DurableFile.FlushDirectory(Path.GetDirectoryName(made)!);
        }

        // Everything in these files was written before anyone names them.
        var device = new CheckedDevice(path, DeviceFlush.EachWrite, isReadOnly, latch, flushContent) { WrittenThrough = long.MaxValue, IsSealed = isSealed };
        lock (_devices)
            _devices.Add(device);
        return device;
    }

    public void Delete(FileDescriptor fileInfo)
    {
        if (!isReadOnly)
            _names.Delete(fileInfo);
    }

    public IEnumerable<FileDescriptor> ListContents(string path) => _names.ListContents(path);
}

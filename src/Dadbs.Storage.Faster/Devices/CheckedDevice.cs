using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Dadbs.Storage.Recovery;
using FASTER.core;
using Microsoft.Win32.SafeHandles;

namespace Dadbs.Storage.Faster.Devices;

internal enum DeviceFlush
{
    /// <summary><see cref="CheckedDevice.Flush"/> makes what was written durable.</summary>
    OnDemand,

    /// <summary>A write is durable when its callback comes: for files that FASTER itself puts its trust in.</summary>
    EachWrite,
}

/// <summary>
/// The files under FASTER. Every sector carries a checksum, verified before FASTER sees it: FASTER's record headers, lengths and index buckets have
/// none, and its unsafe code follows them wherever they point. A damaged sector reaches FASTER as zeros, which it takes for "nothing here", and is
/// remembered with file and offset for whoever asked. Failed writes close a latch, since FASTER goes on after some of them and waits for ever for others.
/// Reads and writes happen on the calling thread, except reads of one that may not wait.
/// </summary>
internal sealed class CheckedDevice(string path, DeviceFlush flush, bool isReadOnly, WriteLatch latch, Action<SafeFileHandle>? flushContent = null)
    : StorageDeviceBase(path, SectorLayout.SectorBytes, capacity: -1)
{
    /// <summary>So much is encoded at a time.</summary>
    private const int ChunkSectors = 7 * 64;

    [ThreadStatic]
    private static bool _mayNotWait;

    [ThreadStatic]
    private static CorruptionException? _damage;

    private readonly ConcurrentDictionary<int, SafeFileHandle> _files = new();
    private readonly ConcurrentDictionary<int, bool> _unflushed = new();
    private readonly Action<SafeFileHandle> _flushContent = flushContent ?? DurableFile.FlushContent;
    private readonly uint _salt = Crc32C.Of(Encoding.UTF8.GetBytes(Path.GetFileName(Path.GetDirectoryName(path)) + "/" + Path.GetFileName(path)));
    private readonly uint _logSalt = Crc32C.Of(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
    private readonly List<(long Address, CorruptionException Damage)> _damages = [];
    private long _sectorsWritten;
    private long _sealedSectors = -1;

    /// <summary>Below this address every sector was written durably: zeros are damage there. Above it a bad sector is the trace of a crash. Set from what a commit or token says.</summary>
    public long WrittenThrough { get; set; }

    /// <summary>
    /// A file written once, in one go, and closed with an end mark: without the mark it is cut short, below the mark nothing may be missing, and above it
    /// FASTER finds zeros. Without this a sector that was never written is damage below <see cref="WrittenThrough"/> only.
    /// </summary>
    public bool IsSealed { get; init; }

    /// <summary>FASTER may delete segments it no longer needs. The page store decides by itself, since older checkpoints still need them.</summary>
    public bool FasterMayTruncate { get; init; }

    /// <summary>The file name alone enters the checksum of a log, so that its directory may be renamed; a checkpoint's file also has its token in it.</summary>
    public bool IsLog { get; init; }

    private uint Salt => IsLog ? _logSalt : _salt;

    /// <summary>Runs a read on this thread and gives the damage it met. With <paramref name="mayWait"/> false nothing is waited for.</summary>
    public static CorruptionException? Watch(bool mayWait, Action read)
    {
        _damage = null;
        _mayNotWait = !mayWait;
        try
        {
            read();
            return _damage;
        }
        finally
        {
            _mayNotWait = false;
            _damage = null;
        }
    }

    public override unsafe void WriteAsync(
        IntPtr sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite, DeviceIOCompletionCallback callback, object context)
    {
        if (!latch.IsClosed)
        {
            try
            {
                Write(segmentId, (long)destinationAddress, new ReadOnlySpan<byte>((void*)sourceAddress, checked((int)numBytesToWrite)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                latch.Close(e);
            }
        }

        // FASTER would wait for ever for a write that failed. It is told of success; whoever commits or checkpoints asks the latch.
        callback(0, numBytesToWrite, context);
    }

    public override unsafe void ReadAsync(
        int segmentId, ulong sourceAddress, IntPtr destinationAddress, uint readLength, DeviceIOCompletionCallback callback, object context)
    {
        void Read()
        {
            var destination = new Span<byte>((void*)destinationAddress, checked((int)readLength));
            bool isRead = TryReadSectors(segmentId, (long)sourceAddress, destination);
            callback(isRead ? 0 : uint.MaxValue, readLength, context);
        }

        if (_mayNotWait)
            ThreadPool.UnsafeQueueUserWorkItem(static read => read(), (Action)Read, preferLocal: false);
        else
            Read();
    }

    /// <summary>Bytes from any address on, within one segment: zeros where a sector does not check or cannot be read, which <see cref="DamageBelow"/> then tells.</summary>
    public void Read(long address, Span<byte> destination)
    {
        int ahead = (int)(address % SectorLayout.SectorBytes);
        byte[] sectors = ArrayPool<byte>.Shared.Rent(ahead + destination.Length);
        try
        {
            int segment = (int)(address / segmentSize);
            TryReadSectors(segment, address - ahead - (segment * segmentSize), sectors.AsSpan(0, ahead + destination.Length));
            sectors.AsSpan(ahead, destination.Length).CopyTo(destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(sectors);
        }
    }

    /// <summary>The first bad sector below an address that any read has met so far; null if there was none.</summary>
    public CorruptionException? DamageBelow(long address)
    {
        lock (_damages)
        {
            foreach ((long at, CorruptionException damage) in _damages)
            {
                if (at < address)
                    return damage;
            }

            return null;
        }
    }

    /// <summary>Makes every earlier write durable.</summary>
    public void Flush()
    {
        foreach (int segment in _unflushed.Keys)
        {
            // Forgotten first: a write that comes meanwhile marks it again.
            _unflushed.TryRemove(segment, out _);
            if (_files.TryGetValue(segment, out SafeFileHandle? file))
                _flushContent(file);
        }
    }

    /// <summary>Deletes the segment files that lie wholly below an address.</summary>
    public void DeleteBefore(long address)
    {
        if (segmentSize <= 0 || isReadOnly)
            return;
        int kept = (int)(address / segmentSize);
        bool deleted = false;
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(FileName)!, Path.GetFileName(FileName) + ".*"))
        {
            if (int.TryParse(Path.GetExtension(file).AsSpan(1), out int segment) && segment < kept)
            {
                RemoveFile(segment);
                deleted = true;
            }
        }

        if (deleted)
            DurableFile.FlushDirectory(Path.GetDirectoryName(FileName)!);
    }

    public override void RemoveSegment(int segment)
    {
        if (FasterMayTruncate && !isReadOnly)
            RemoveFile(segment);
    }

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        RemoveSegment(segment);
        callback(result);
    }

    public override long GetFileSize(int segment) =>
        FileOf(segment, create: false) is { } file ? SectorLayout.ContentBytes(RandomAccess.GetLength(file)) : 0;

    public override void Dispose()
    {
        if (IsSealed && _sectorsWritten > 0 && !latch.IsClosed && _files.TryGetValue(0, out SafeFileHandle? written))
            WriteEndMark(written);
        foreach (SafeFileHandle file in _files.Values)
            file.Dispose();
        _files.Clear();
    }

    private static void ReadFully(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                bytes.Clear();
                return;
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    private void Write(int segment, long offset, ReadOnlySpan<byte> content)
    {
        SafeFileHandle file = FileOf(segment, create: true)!;
        WriteSectors(file, segment, offset, content);
        _sectorsWritten = Math.Max(_sectorsWritten, (offset + content.Length + SectorLayout.SectorBytes - 1) / SectorLayout.SectorBytes);
        if (flush == DeviceFlush.EachWrite)
            _flushContent(file);
        else
            _unflushed[segment] = true;
    }

    private void WriteSectors(SafeFileHandle file, int segment, long offset, ReadOnlySpan<byte> content)
    {
        long sector = offset / SectorLayout.SectorBytes;
        while (!content.IsEmpty)
        {
            // FASTER writes and reads parts of a sector at the end of some files.
            int count = Math.Min(ChunkSectors, (content.Length + SectorLayout.SectorBytes - 1) / SectorLayout.SectorBytes);
            int bytes = Math.Min(content.Length, count * SectorLayout.SectorBytes);
            int span = SectorLayout.Span(sector, count);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(span);
            try
            {
                buffer.AsSpan(0, span).Clear();
                SectorLayout.Encode(Salt, NumberOf(segment, sector), sector, content[..bytes], buffer.AsSpan(0, span));
                DurableFile.Write(file, buffer.AsSpan(0, span), SectorLayout.PlaceOf(sector));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            content = content[bytes..];
            sector += count;
        }
    }

    private void WriteEndMark(SafeFileHandle file)
    {
        try
        {
            Span<byte> slot = stackalloc byte[SectorLayout.SlotBytes];
            slot.Clear();
            SectorLayout.Encode(Salt, SectorLayout.EndMarkNumber(_sectorsWritten), _sectorsWritten, slot[..SectorLayout.SectorBytes].ToArray(), slot);
            DurableFile.Write(file, slot, SectorLayout.PlaceOf(_sectorsWritten));
            _flushContent(file);
        }
        catch (IOException e)
        {
            latch.Close(e);
        }
    }

    /// <summary>Where the end mark stands; the file is damaged if its last slot is none.</summary>
    private long FindEndMark(SafeFileHandle file)
    {
        long last = SectorLayout.ContentBytes(RandomAccess.GetLength(file)) / SectorLayout.SectorBytes - 1;
        Span<byte> slot = stackalloc byte[SectorLayout.SlotBytes];
        if (last >= 0)
            ReadFully(file, slot, SectorLayout.PlaceOf(last));
        if (last >= 0 && SectorLayout.Decode(Salt, SectorLayout.EndMarkNumber(last), slot, stackalloc byte[SectorLayout.SectorBytes]) == SectorState.Good)
            return last;
        Remember(0, Math.Max(0, last) * SectorLayout.SectorBytes, "the file is cut short or its end is damaged", null);
        return long.MaxValue;
    }

    /// <summary>False, zeros and a damage to remember where the disk does not give what it holds.</summary>
    private bool TryReadSectors(int segment, long offset, Span<byte> destination)
    {
        try
        {
            ReadSectors(segment, offset, destination);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            destination.Clear();
            Remember(segment, offset, $"a sector cannot be read: {e.Message}", e);
            return false;
        }
    }

    private void ReadSectors(int segment, long offset, Span<byte> destination)
    {
        if (FileOf(segment, create: false) is not { } file)
        {
            destination.Clear();
            CheckNeverWritten(segment, offset);
            return;
        }

        if (IsSealed && _sectorsWritten == 0 && _sealedSectors < 0)
            _sealedSectors = FindEndMark(file);
        long sector = offset / SectorLayout.SectorBytes;
        while (!destination.IsEmpty)
        {
            int count = Math.Min(ChunkSectors, (destination.Length + SectorLayout.SectorBytes - 1) / SectorLayout.SectorBytes);
            int bytes = Math.Min(destination.Length, count * SectorLayout.SectorBytes);
            int span = SectorLayout.Span(sector, count);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(span);
            try
            {
                ReadFully(file, buffer.AsSpan(0, span), SectorLayout.PlaceOf(sector));
                for (int i = 0; i < count; i++)
                {
                    Span<byte> slot = buffer.AsSpan((int)(SectorLayout.PlaceOf(sector + i) - SectorLayout.PlaceOf(sector)), SectorLayout.SlotBytes);
                    ReadSector(segment, sector + i, slot, destination[(i * SectorLayout.SectorBytes)..]);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            destination = destination[bytes..];
            sector += count;
        }
    }

    private void ReadSector(int segment, long sector, ReadOnlySpan<byte> slot, Span<byte> destination)
    {
        destination = destination[..Math.Min(destination.Length, SectorLayout.SectorBytes)];
        if (_sealedSectors >= 0 && sector >= _sealedSectors)
        {
            destination.Clear();
            return;
        }

        switch (SectorLayout.Decode(Salt, NumberOf(segment, sector), slot, destination))
        {
            case SectorState.NeverWritten:
                CheckNeverWritten(segment, sector * SectorLayout.SectorBytes);
                break;
            case SectorState.Damaged:
                Remember(segment, sector * SectorLayout.SectorBytes, "a sector is damaged", null);
                break;
            default:
                break;
        }
    }

    /// <summary>A log's sectors above <see cref="WrittenThrough"/> may be missing; whether this one is above is asked when that is known.</summary>
    private void CheckNeverWritten(int segment, long offset)
    {
        if (IsLog || IsSealed)
            Remember(segment, offset, "a sector is missing", null);
    }

    /// <summary>A sector's number in the whole device: a segment file under another's name does not check.</summary>
    private long NumberOf(int segment, long sector) => segmentSize > 0 ? segment * (segmentSize / SectorLayout.SectorBytes) + sector : sector;

    private void Remember(int segment, long offset, string what, Exception? inner)
    {
        const int DamagesMax = 64;
        long address = (segmentSize > 0 ? segment * segmentSize : 0) + offset;
        var damage = new CorruptionException(what, NameOf(segment), SectorLayout.PlaceOf(offset / SectorLayout.SectorBytes), inner);
        if (address < WrittenThrough)
            _damage ??= damage;
        lock (_damages)
        {
            if (_damages.Count < DamagesMax)
                _damages.Add((address, damage));
        }
    }

    private string NameOf(int segment) => $"{FileName}.{segment}";

    private SafeFileHandle? FileOf(int segment, bool create)
    {
        if (_files.TryGetValue(segment, out SafeFileHandle? file))
            return file;
        lock (_files)
        {
            if (_files.TryGetValue(segment, out file))
                return file;
            string name = NameOf(segment);
            bool exists = File.Exists(name);
            if (!exists && !create)
                return null;
            file = File.OpenHandle(name, exists ? FileMode.Open : FileMode.CreateNew, isReadOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!exists)
                DurableFile.FlushDirectory(Path.GetDirectoryName(name)!);
            _files[segment] = file;
            return file;
        }
    }

    private void RemoveFile(int segment)
    {
        lock (_files)
        {
            _unflushed.TryRemove(segment, out _);
            if (_files.TryRemove(segment, out SafeFileHandle? file))
                file.Dispose();
            File.Delete(NameOf(segment));
        }
    }
}

using FASTER.core;

namespace Dadbs.Storage.Faster;

/// <summary>FASTER's callbacks for pages: upserts copy the bytes in, reads copy them out into an array of their own.</summary>
internal sealed class PageFunctions : SpanByteFunctions<long, byte[], Empty>
{
    public override bool SingleReader(ref long key, ref SpanByte input, ref SpanByte value, ref byte[] destination, ref ReadInfo readInfo)
    {
        destination = value.ToByteArray();
        return true;
    }

    public override bool ConcurrentReader(ref long key, ref SpanByte input, ref SpanByte value, ref byte[] destination, ref ReadInfo readInfo)
    {
        destination = value.ToByteArray();
        return true;
    }
}

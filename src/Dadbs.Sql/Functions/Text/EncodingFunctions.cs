using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>encode and decode, digests, bytes of bytea, convert_to and convert_from.</summary>
internal static class EncodingFunctions
{
    public static void Register(FunctionRegistry registry)
    {
        registry.Scalar("binary_encode", (_, a) => Encode(a[0].AsBytesSpan, a[1].AsString()));
        registry.Scalar("binary_decode", (_, a) => Decode(a[0].AsUtf8Span, a[1].AsString()));
        registry.Scalar(["md5_text", "md5_bytea"], (_, a) => Datum.FromString(Convert.ToHexStringLower(LegacyDigest(a[0].AsBytesSpan))));
        registry.Scalar("sha224_bytea", (_, a) => Datum.FromBytes(Sha224.HashData(a[0].AsBytesSpan)));
        registry.Scalar("sha256_bytea", (_, a) => Datum.FromBytes(SHA256.HashData(a[0].AsBytesSpan)));
        registry.Scalar("sha384_bytea", (_, a) => Datum.FromBytes(SHA384.HashData(a[0].AsBytesSpan)));
        registry.Scalar("sha512_bytea", (_, a) => Datum.FromBytes(SHA512.HashData(a[0].AsBytesSpan)));
        registry.Scalar("byteaGetByte", (_, a) => Datum.FromInt32(a[0].AsBytesSpan[Index(a[0], a[1].AsInt64)]));
        registry.Scalar("byteaSetByte", (_, a) =>
        {
            var bytes = a[0].AsBytesSpan.ToArray();
            bytes[Index(a[0], a[1].AsInt64)] = (byte)a[2].AsInt32;
            return Datum.FromBytes(bytes);
        });
        registry.Scalar("byteaGetBit", (_, a) => Datum.FromInt32(a[0].AsBytesSpan[BitIndex(a[0], a[1].AsInt64)] >> (int)(a[1].AsInt64 & 7) & 1));
        registry.Scalar("byteaSetBit", (_, a) => SetBit(a[0], a[1].AsInt64, a[2].AsInt32));
        registry.Scalar("pg_convert_from", (_, a) => FromUtf8(a[0], a[1].AsString()));
        registry.Scalar("pg_convert_to", (_, a) => IsUtf8(a[1].AsString()) ? a[0] : throw Unknown(a[1].AsString()));
        registry.Scalar("gen_random_uuid", (context, _) => Datum.FromBytes(context.Random.NextUuid()));
    }

    /// <summary>MD5 is what md5() is defined to be; nothing here relies on it.</summary>
#pragma warning disable CA5351
    private static byte[] LegacyDigest(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static int Index(Datum bytes, long index) => index >= 0 && index < bytes.AsBytesSpan.Length
        ? (int)index
        : throw new SqlException(SqlState.ArraySubscriptError, $"index {index} out of valid range, 0..{bytes.AsBytesSpan.Length - 1}");

    private static int BitIndex(Datum bytes, long bit) => bit >= 0 && bit < bytes.AsBytesSpan.Length * 8L
        ? (int)(bit >> 3)
        : throw new SqlException(SqlState.ArraySubscriptError, $"index {bit} out of valid range, 0..{bytes.AsBytesSpan.Length * 8L - 1}");

    private static Datum SetBit(Datum value, long bit, int on)
    {
        var bytes = value.AsBytesSpan.ToArray();
        var at = BitIndex(value, bit);
        if (on is not (0 or 1))
            throw new SqlException(SqlState.InvalidParameterValue, "new bit must be 0 or 1");
        var mask = 1 << (int)(bit & 7);
        bytes[at] = (byte)(on == 1 ? bytes[at] | mask : bytes[at] & ~mask);
        return Datum.FromBytes(bytes);
    }

    private static bool IsUtf8(string encoding) => encoding.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "UNICODE";

    private static SqlException Unknown(string encoding) => new(SqlState.FeatureNotSupported, $"conversion with encoding \"{encoding}\" is not supported");

    private static Datum FromUtf8(Datum bytes, string encoding)
    {
        if (!IsUtf8(encoding))
            throw Unknown(encoding);
        TextOperations.CheckUtf8(bytes.AsBytesSpan);
        return bytes;
    }

    private static Datum Encode(ReadOnlySpan<byte> bytes, string format)
    {
        var output = new ArrayBufferWriter<byte>(bytes.Length * 2 + 1);
        switch (format.ToLowerInvariant())
        {
            case "hex":
                ByteaOperations.WriteHex(bytes, output);
                break;
            case "base64":
                EncodeBase64(bytes, output);
                break;
            case "escape":
                foreach (var b in bytes)
                {
                    // Unlike bytea's own escape output, other control characters stay.
                    if (b == '\\')
                        output.Write("\\\\"u8);
                    else if (b is 0 or >= 0x80)
                        output.Write([(byte)'\\', (byte)('0' + (b >> 6)), (byte)('0' + (b >> 3 & 7)), (byte)('0' + (b & 7))]);
                    else
                        output.Write([b]);
                }
                break;
            default:
                throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized encoding: \"{format}\"");
        }
        return Datum.FromUtf8(output.WrittenSpan);
    }

    /// <summary>Lines of 76 characters.</summary>
    private static void EncodeBase64(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        for (var i = 0; i < bytes.Length; i += 57)
        {
            if (i > 0)
                output.Write("\n"u8);
            output.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes.Slice(i, Math.Min(57, bytes.Length - i)))));
        }
    }

    private static Datum Decode(ReadOnlySpan<byte> text, string format) => format.ToLowerInvariant() switch
    {
        "hex" => Datum.FromBytes(ByteaOperations.ParseHex(text)),
        "base64" => Datum.FromBytes(DecodeBase64(text)),
        "escape" => Datum.FromBytes(ByteaOperations.ParseEscape(text)),
        _ => throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized encoding: \"{format}\""),
    };

    private static byte[] DecodeBase64(ReadOnlySpan<byte> text)
    {
        var output = new List<byte>(text.Length * 3 / 4 + 3);
        uint group = 0;
        var digits = 0;
        var padding = 0;
        foreach (var b in text)
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
                continue;
            if (b == '=')
            {
                if (digits < 2)
                    throw new SqlException(SqlState.InvalidParameterValue, "unexpected \"=\" while decoding base64 sequence");
                padding++;
            }
            else
            {
                var value = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8.IndexOf(b);
                if (value < 0 || padding > 0)
                    throw new SqlException(SqlState.InvalidParameterValue, $"invalid symbol \"{(char)b}\" found while decoding base64 sequence");
                group |= (uint)value << (18 - 6 * digits);
            }
            if (++digits < 4)
                continue;
            for (var i = 0; i < 3 - padding; i++)
                output.Add((byte)(group >> (16 - 8 * i)));
            (group, digits, padding) = (0, 0, 0);
        }
        if (digits != 0)
            throw new SqlException(SqlState.InvalidParameterValue, "invalid base64 end sequence") { Hint = "Input data is missing padding, is truncated, or is otherwise corrupted." };
        return [.. output];
    }
}

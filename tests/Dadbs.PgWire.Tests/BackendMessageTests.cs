using System.Buffers.Binary;
using Dadbs.PgWire.Backend;
using Dadbs.PgWire.Tests.Client;
using Xunit;

namespace Dadbs.PgWire.Tests;

public sealed class BackendMessageTests
{
    [Fact]
    public void Messages_print_as_a_client_reads_them()
    {
        using var output = new MessageBuffer();
        StartupMessages.WriteAuthenticationOk(output);
        StartupMessages.WriteParameterStatus(output, "TimeZone", "UTC");
        StartupMessages.WriteNegotiateProtocolVersion(output, 196608, ["_pq_.x"]);
        ResultMessages.WriteParameterDescription(output, [23, 25]);
        RowDescriptionMessage.Begin(output, 2);
        RowDescriptionMessage.WriteField(output, "id", 16384, 1, 23, 4, -1, FormatCode.Binary);
        RowDescriptionMessage.WriteField(output, "naïve", 0, 0, 1043, -1, 14, FormatCode.Text);
        RowDescriptionMessage.End(output);
        DataRowMessage.Begin(output, 2);
        int field = output.BeginField();
        output.WriteInt32(7);
        output.EndField(field);
        DataRowMessage.WriteNull(output);
        DataRowMessage.End(output);
        ResultMessages.WriteCommandComplete(output, "SELECT 1");
        output.WriteEmpty(BackendMessageType.PortalSuspended);
        CopyMessages.WriteCopyInResponse(output, 3);
        ResultMessages.WriteReadyForQuery(output, TransactionStatus.Failed);

        Assert.Equal(
            [
                "Authentication 0", "ParameterStatus TimeZone=UTC", "NegotiateProtocolVersion 196608 1", "ParameterDescription 23 25",
                "RowDescription id:23/4/-1b@1 naïve:1043/-1/14t", @"DataRow ""\x00\x00\x00\x07"" NULL", "CommandComplete SELECT 1",
                "PortalSuspended", "CopyInResponse 0 3", "ReadyForQuery E",
            ],
            Print(output));
    }

    [Fact]
    public void An_error_carries_every_field_that_is_known_and_none_that_is_not()
    {
        using var output = new MessageBuffer();
        new Diagnostic(Severity.Error, "23505", "duplicate key")
        {
            Detail = "d",
            Hint = "h",
            Position = 12,
            InternalPosition = 3,
            InternalQuery = "q",
            Where = "w",
            SchemaName = "s",
            TableName = "t",
            ColumnName = "c",
            DataTypeName = "y",
            ConstraintName = "n",
            File = "f.cs",
            Line = 9,
            Routine = "r",
        }.Write(output);
        new Diagnostic(Severity.Warning, "25P01", "there is no transaction in progress").Write(output);
        Assert.Equal(
            [
                "ErrorResponse S=ERROR | C=23505 | M=duplicate key | D=d | H=h | P=12 | p=3 | q=q | W=w | s=s | t=t | c=c | d=y | n=n",
                "NoticeResponse S=WARNING | C=25P01 | M=there is no transaction in progress",
            ],
            Print(output));
    }

    [Fact]
    public void A_half_written_message_can_be_taken_back()
    {
        using var output = new MessageBuffer();
        ResultMessages.WriteCommandComplete(output, "A");
        int mark = output.Length;
        DataRowMessage.Begin(output, 1);
        output.WriteBytes(new byte[100_000]);
        output.TruncateTo(mark);
        ResultMessages.WriteCommandComplete(output, "B");
        Assert.Equal(["CommandComplete A", "CommandComplete B"], Print(output));
    }

    [Fact]
    public void Text_with_an_embedded_zero_cannot_break_the_framing()
    {
        using var output = new MessageBuffer();
        ResultMessages.WriteCommandComplete(output, "a\0b");
        Assert.Equal(["CommandComplete a b"], Print(output));
    }

    private static List<string> Print(MessageBuffer output)
    {
        List<string> lines = [];
        ReadOnlySpan<byte> rest = output.WrittenSpan;
        while (!rest.IsEmpty)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(rest[1..]);
            lines.Add(BackendText.Print(rest[0], rest[5..(length + 1)]));
            rest = rest[(length + 1)..];
        }

        return lines;
    }
}

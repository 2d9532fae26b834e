using System.Buffers.Binary;
using Google.Protobuf;
using KpGrpc.InferenceServer.Training.TensorBoard;
using KpGrpc.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KpGrpc.InferenceServer.Tests.Training.TensorBoard;

public sealed class EventFileWriterTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scalar_ReadBack_IsAFileThatTensorBoardReads()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500));
        using var writer = new EventFileWriter(folder.Combine("run"), time);

        writer.Scalar("train/loss", 2.5, 7);
        writer.Scalar("valid/ndcg@10", 0.125, 1L << 40);

        Assert.Matches("events\\.out\\.tfevents\\.[0-9]+\\.kpgrpc$", writer.Path);
        using var file = new FileStream(writer.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        var frames = Frames(copy.ToArray());
        Assert.Equal(3, frames.Count);
        Assert.Equal("1700000000.5 version brain.Event:2", Describe(frames[0]));
        Assert.Equal("1700000000.5 step 7 train/loss=2.5", Describe(frames[1]));
        Assert.Equal("1700000000.5 step 1099511627776 valid/ndcg@10=0.125", Describe(frames[2]));
    }

    [Fact]
    public void MaskedCrc_OfTheEightZeroBytes_IsTensorFlowsValue() =>
        // CRC-32C of eight zero bytes is 0x8c28b28a (RFC 3720's algorithm); rotated by 15 and shifted by TensorFlow's constant.
        Assert.Equal(unchecked(((0x8c28b28au >> 15) | (0x8c28b28au << 17)) + 0xa282ead8u), EventFileWriter.MaskedCrc(new byte[8]));

    private static List<byte[]> Frames(byte[] bytes)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(EventFileWriter.MaskedCrc(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            var data = bytes[(at + 12)..(at + 12 + length)];
            Assert.Equal(EventFileWriter.MaskedCrc(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            frames.Add(data);
            at += 16 + length;
        }

        return frames;
    }

    /// <summary>Reads the fields that an Event can have here, in order, as protobuf.</summary>
    private static string Describe(byte[] message)
    {
        var input = new CodedInputStream(message);
        var words = new List<string>();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            words.Add(WireFormat.GetTagFieldNumber(tag) switch
            {
                1 => FormattableString.Invariant($"{input.ReadDouble()}"),
                2 => FormattableString.Invariant($"step {input.ReadInt64()}"),
                3 => $"version {input.ReadString()}",
                5 => DescribeSummary(input.ReadBytes().ToByteArray()),
                var other => throw new InvalidOperationException($"field {other}"),
            });
        }

        return string.Join(' ', words);
    }

    private static string DescribeSummary(byte[] summary)
    {
        var outer = new CodedInputStream(summary);
        Assert.Equal(1, WireFormat.GetTagFieldNumber(outer.ReadTag()));
        var value = new CodedInputStream(outer.ReadBytes().ToByteArray());
        Assert.Equal(1, WireFormat.GetTagFieldNumber(value.ReadTag()));
        var tag = value.ReadString();
        Assert.Equal(2, WireFormat.GetTagFieldNumber(value.ReadTag()));
        return FormattableString.Invariant($"{tag}={value.ReadFloat()}");
    }
}

using Google.Protobuf;

namespace KpGrpc.InferenceServer.Training.TensorBoard;

/// <summary>
/// The bytes of the two kinds of <c>Event</c> that are written, by field number (tensorflow/core/util/event.proto and
/// framework/summary.proto): the contract is not ours, and two messages do not earn a copy of it.
/// </summary>
internal static class EventMessage
{
    private const int WallTimeField = 1;
    private const int StepField = 2;
    private const int FileVersionField = 3;
    private const int SummaryField = 5;
    private const int ValueField = 1;       // of Summary
    private const int TagField = 1;         // of Summary.Value
    private const int SimpleValueField = 2; // of Summary.Value

    /// <summary>The first event of a file.</summary>
    public static byte[] OfVersion(double seconds, string version) => Message(output =>
    {
        WriteTime(output, seconds);
        output.WriteTag(FileVersionField, WireFormat.WireType.LengthDelimited);
        output.WriteString(version);
    });

    /// <summary>A point of a curve.</summary>
    public static byte[] OfScalar(double seconds, long step, string tag, float value)
    {
        var point = Message(output =>
        {
            output.WriteTag(TagField, WireFormat.WireType.LengthDelimited);
            output.WriteString(tag);
            output.WriteTag(SimpleValueField, WireFormat.WireType.Fixed32);
            output.WriteFloat(value);
        });
        var summary = Message(output =>
        {
            output.WriteTag(ValueField, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(point));
        });
        return Message(output =>
        {
            WriteTime(output, seconds);
            output.WriteTag(StepField, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            output.WriteTag(SummaryField, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(summary));
        });
    }

    private static void WriteTime(CodedOutputStream output, double seconds)
    {
        output.WriteTag(WallTimeField, WireFormat.WireType.Fixed64);
        output.WriteDouble(seconds);
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            write(output);
        }

        return stream.ToArray();
    }
}

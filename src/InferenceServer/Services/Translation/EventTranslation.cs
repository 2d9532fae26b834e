using System.Buffers.Binary;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Services.Rules;
using Proto = KpGrpc.Protos.Event.V1;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Events between the contract and the server.</summary>
internal static class EventTranslation
{
    /// <summary>Reads an event from its contract encoding, which was checked when it came.</summary>
    public static LearnerEvent Decode(ReadOnlyMemory<byte> body) => ToDomain(Proto.Event.Parser.ParseFrom(body.Span), body);

    /// <summary>Translates an event that <see cref="EventRules"/> found well-formed.</summary>
    public static LearnerEvent ToDomain(Proto.Event entry) => ToDomain(entry, entry.ToByteArray());

    private static LearnerEvent ToDomain(Proto.Event entry, ReadOnlyMemory<byte> body) => new(
        BinaryPrimitives.ReadUInt128BigEndian(entry.EventId.Span),
        entry.LearnerId,
        entry.WorkId,
        (EventKind)entry.Kind,
        Milliseconds(entry.OccurredAt),
        entry.Rating?.Value ?? entry.Progress?.Fraction,
        body)
    {
        Text = Text(entry),
    };

    private static LearnerText? Text(Proto.Event entry)
    {
        var (words, fields) = entry.DetailCase switch
        {
            Proto.Event.DetailOneofCase.Declaration => (entry.Declaration.Text, entry.Declaration.Fields.Select(field => (int)field).Where(field => field > 0).Distinct().ToArray()),
            Proto.Event.DetailOneofCase.Search => (entry.Search.Query, []),
            Proto.Event.DetailOneofCase.Rating => (entry.Rating.Comment, []),
            _ => ("", Array.Empty<int>()),
        };
        return words.Length == 0 && fields.Length == 0 ? null : new LearnerText((EventKind)entry.Kind, words, fields, Milliseconds(entry.OccurredAt));
    }

    private static long Milliseconds(Timestamp time) => (time.Seconds * 1000) + (time.Nanos / 1_000_000);
}

using System.Buffers.Binary;
using Google.Protobuf;
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
        (entry.OccurredAt.Seconds * 1000) + (entry.OccurredAt.Nanos / 1_000_000),
        entry.Rating?.Value ?? entry.Progress?.Fraction,
        body);
}

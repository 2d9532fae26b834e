using KpGrpc.Client.Signing;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>The first command of a kind in the script, as it was sent and answered.</summary>
/// <param name="Key">Key that signed.</param>
/// <param name="Payload">The signed bytes.</param>
/// <param name="Attachment">What travelled beside it.</param>
/// <param name="Leaf">Its receipt's bytes.</param>
internal sealed record CommandSample(SigningKey Key, byte[] Payload, Attachment? Attachment, byte[] Leaf)
{
    /// <summary>The same payload with something else in it.</summary>
    public byte[] With(Action<CommandPayload> change)
    {
        var payload = CommandPayload.Parser.ParseFrom(Payload);
        change(payload);
        return Google.Protobuf.MessageExtensions.ToByteArray(payload);
    }
}

using Google.Protobuf;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Reads where a payload is addressed to, without decoding the rest of it.</summary>
internal static class PayloadAddress
{
    /// <summary>The payload's ledger id; empty where it has none or is malformed, which decoding then says.</summary>
    /// <param name="payload">The signed bytes as they came.</param>
    public static string LedgerId(ByteString payload)
    {
        var ledgerId = string.Empty;
        try
        {
            var input = payload.CreateCodedInput();
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (tag == WireFormat.MakeTag(CommandPayload.LedgerIdFieldNumber, WireFormat.WireType.LengthDelimited))
                {
                    ledgerId = input.ReadString();
                }
                else
                {
                    input.SkipLastField();
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            return string.Empty;
        }

        return ledgerId;
    }
}

using Google.Protobuf;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>
/// Finds the bytes of a nested message as they stand in an encoding. Hashes are taken over those bytes and never over a
/// re-encoding, which another library might write differently.
/// </summary>
internal static class RawField
{
    private const int TagTypeBits = 3;

    /// <summary>The bytes of a length-delimited field that occurs exactly once; null where it is absent or repeated (a parser would merge the copies).</summary>
    /// <param name="message">A well-formed encoding.</param>
    /// <param name="fieldNumber">Number of the field.</param>
    public static byte[]? Find(byte[] message, int fieldNumber)
    {
        var input = new CodedInputStream(message);
        byte[]? found = null;
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag >> TagTypeBits != fieldNumber || (tag & 7) != (uint)WireFormat.WireType.LengthDelimited)
            {
                input.SkipLastField();
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = input.ReadBytes().ToByteArray();
        }

        return found;
    }
}

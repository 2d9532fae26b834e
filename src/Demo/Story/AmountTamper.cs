using Google.Protobuf;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Demo.Story;

/// <summary>Forges a receipt: changes the amount in the logged bytes by flipping one bit of one byte.</summary>
internal static class AmountTamper
{
    /// <summary>A copy of the leaf in which the amount is another one, still well-formed.</summary>
    /// <param name="leaf">The logged bytes.</param>
    /// <param name="amount">The amount to look for.</param>
    /// <param name="position">Where the changed byte is, from 0.</param>
    /// <exception cref="DemoException">The leaf does not hold the amount.</exception>
    public static byte[] Forge(ReadOnlySpan<byte> leaf, Money amount, out int position)
    {
        var encoded = amount.ToByteArray();
        var start = leaf.IndexOf(encoded);
        if (start < 0 || amount.MinorUnits == 0)
        {
            throw new DemoException("the receipt does not hold the amount that was paid");
        }

        // Money.minor_units is field 1: its tag byte, then the number with its lowest bits first.
        position = start + 1;
        var forged = leaf.ToArray();
        forged[position] ^= 1;
        return forged;
    }
}

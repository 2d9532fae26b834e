using System.Globalization;
using System.Text;

namespace KpGrpc.Gateway.Downstream;

/// <summary>The text of a status as the <c>grpc-message</c> header carries it.</summary>
/// <remarks>
/// Source: the gRPC over HTTP/2 protocol, "Percent-Encoded": only the percent sign and bytes outside 0x20 to 0x7E are
/// encoded. Encoding more, as for a URL, leaves some clients with the escapes in their text.
/// </remarks>
internal static class GrpcMessage
{
    /// <summary>Encodes a message.</summary>
    /// <param name="message">Any text.</param>
    public static string Encode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (octet is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return encoded.ToString();
    }
}

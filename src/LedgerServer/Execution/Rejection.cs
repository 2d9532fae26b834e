using System.Globalization;
using System.Text;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// Why a command was ordered but not executed: a value, never an exception. The message is English, names the field,
/// the rule and what to do, holds no personal data, and is the same on every machine, because it stands in the receipt.
/// </summary>
/// <param name="Reason">The reason for programs; never <see cref="RejectionReason.None"/>.</param>
/// <param name="Message">The reason for people, 1 to 512 UTF-8 bytes.</param>
internal sealed record Rejection(RejectionReason Reason, string Message)
{
    /// <summary>Longest message, UTF-8 bytes, by the contract of <c>kp.ledger.v1.Receipt</c>.</summary>
    public const int MessageBytesMax = 512;

    /// <summary>A rejection whose message is formatted without any culture and cut at 512 bytes.</summary>
    public static Rejection Because(RejectionReason reason, FormattableString message)
    {
        var text = message.ToString(CultureInfo.InvariantCulture);
        while (Encoding.UTF8.GetByteCount(text) > MessageBytesMax)
        {
            text = text[..^1];
        }

        return new Rejection(reason, text);
    }
}

using System.Buffers;

using Google.Protobuf;

namespace KpGrpc.ServiceDefaults.Validation;

/// <summary>The rules that fields of the contract share. The ranges are those that the <c>.proto</c> comments state.</summary>
public static class FieldRules
{
    /// <summary>Longest id, in characters.</summary>
    public const int IdCharsMax = 128;

    /// <summary>Length of an idempotency key, in bytes.</summary>
    public const int IdempotencyKeyBytes = 16;

    /// <summary>Rows on a page where the caller names none.</summary>
    public const int PageSizeDefault = 100;

    /// <summary>Most rows on a page.</summary>
    public const int PageSizeMax = 1_000;

    private static readonly SearchValues<char> IdChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    /// <summary>An id: 1 to 128 characters of <c>A-Z a-z 0-9 . _ : / -</c>.</summary>
    /// <param name="violations">Where a fault is recorded.</param>
    /// <param name="field">Path of the field.</param>
    /// <param name="value">The value as it came.</param>
    public static void RequireId(this FieldViolations violations, string field, string value)
    {
        ArgumentNullException.ThrowIfNull(violations);
        violations.Require(IsId(value), field, "must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -");
    }

    /// <summary>Whether a text is an id.</summary>
    /// <param name="value">The text.</param>
    public static bool IsId(string? value) =>
        value is { Length: > 0 and <= IdCharsMax } && !value.AsSpan().ContainsAnyExcept(IdChars);

    /// <summary>An idempotency key: exactly 16 bytes.</summary>
    /// <param name="violations">Where a fault is recorded.</param>
    /// <param name="field">Path of the field.</param>
    /// <param name="value">The value as it came.</param>
    public static void RequireIdempotencyKey(this FieldViolations violations, string field, ByteString value)
    {
        ArgumentNullException.ThrowIfNull(violations);
        ArgumentNullException.ThrowIfNull(value);
        violations.Require(value.Length == IdempotencyKeyBytes, field, $"must be exactly {IdempotencyKeyBytes} bytes: make a random one for each new operation and repeat it on every retry");
    }

    /// <summary>A page size: 0 (the default) to <see cref="PageSizeMax"/>.</summary>
    /// <param name="violations">Where a fault is recorded.</param>
    /// <param name="field">Path of the field.</param>
    /// <param name="value">The value as it came.</param>
    /// <returns>The rows to return.</returns>
    public static int PageSize(this FieldViolations violations, string field, int value)
    {
        ArgumentNullException.ThrowIfNull(violations);
        violations.Require(value is >= 0 and <= PageSizeMax, field, $"must be 0 (which means {PageSizeDefault}) to {PageSizeMax}");
        return value == 0 ? PageSizeDefault : Math.Clamp(value, 1, PageSizeMax);
    }
}

using System.Security.Cryptography;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.MerkleLog.Hashing;
using KpGrpc.ServiceDefaults.Validation;

using DomainMoney = KpGrpc.LedgerServer.Execution.Money;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Times, amounts, hashes and enums between the contract and the engine.</summary>
internal static class WireValues
{
    private const long MicrosPerSecond = 1_000_000;
    private const int NanosPerMicro = 1_000;

    // The range of google.protobuf.Timestamp: years 1 to 9999.
    private const long SecondsMin = -62_135_596_800;
    private const long SecondsMax = 253_402_300_799;

    public static Timestamp ToTimestamp(long micros)
    {
        var (seconds, rest) = Math.DivRem(micros, MicrosPerSecond);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + MicrosPerSecond);
        }

        return new Timestamp { Seconds = seconds, Nanos = (int)rest * NanosPerMicro };
    }

    public static Timestamp? ToTimestamp(long? micros) => micros is { } value ? ToTimestamp(value) : null;

    /// <summary>Microseconds since 1970, rounded down; null where absent or, with a fault, outside the range.</summary>
    public static long? Micros(FieldViolations faults, string field, Timestamp? timestamp)
    {
        if (timestamp is null)
        {
            return null;
        }

        var valid = timestamp is { Seconds: >= SecondsMin and <= SecondsMax, Nanos: >= 0 and < 1_000_000_000 };
        faults.Require(valid, field, "must be a time of the years 1 to 9999");
        return valid ? (timestamp.Seconds * MicrosPerSecond) + (timestamp.Nanos / NanosPerMicro) : null;
    }

    public static TypeProto.Money ToProto(DomainMoney money) => ToProto(money.MinorUnits, money.CurrencyCode, money.Exponent);

    public static TypeProto.Money ToProto(long minorUnits, string currencyCode, uint exponent) =>
        new() { MinorUnits = minorUnits, CurrencyCode = currencyCode, Exponent = exponent };

    /// <summary>The amount; a fault and zero where it is absent. The engine checks its range and currency.</summary>
    public static DomainMoney Money(FieldViolations faults, string field, TypeProto.Money? money)
    {
        faults.Require(money is not null, field, "is required");
        return money is null ? new DomainMoney(0, string.Empty, 0) : new DomainMoney(money.MinorUnits, money.CurrencyCode, money.Exponent);
    }

    public static ByteString ToProto(Hash256 hash) => ByteString.CopyFrom(hash.AsSpan());

    public static Hash256 Sha256(ReadOnlySpan<byte> bytes) => new(SHA256.HashData(bytes));

    /// <summary>A hash; null where there are not 32 bytes.</summary>
    public static Hash256? Hash(ByteString bytes) => bytes.Length == Hash256.Size ? new Hash256(bytes.Span) : null;

    /// <summary>The engine's enum of the same number; a fault where the number is unspecified or unknown.</summary>
    public static TEnum Defined<TEnum>(FieldViolations faults, string field, int number)
        where TEnum : struct, System.Enum
    {
        var value = (TEnum)System.Enum.ToObject(typeof(TEnum), number);
        faults.Require(System.Enum.IsDefined(value), field, $"must be set to a known {typeof(TEnum).Name}");
        return value;
    }
}

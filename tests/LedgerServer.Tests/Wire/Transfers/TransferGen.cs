using CsCheck;

using Google.Protobuf;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Wire.Transfers;

/// <summary>Random batches of transfers as the contract has them, defaults and the edges of every number included.</summary>
internal static class TransferGen
{
    /// <summary>Short texts, also empty and beyond ASCII.</summary>
    public static readonly Gen<string> Text = Gen.OneOf(Gen.OneOf(Gen.Const(""), Gen.Const("CNY"), Gen.Const("acc:1"), Gen.Const("学分"), Gen.Const("é")), Gen.String[Gen.Char['a', 'z'], 0, 140]);

    /// <summary>Numbers of every length.</summary>
    public static readonly Gen<ulong> Number = Gen.OneOf(Gen.ULong, Gen.ULong[0, 300], Gen.OneOf(Gen.Const(0UL), Gen.Const(127UL), Gen.Const(128UL), Gen.Const(ulong.MaxValue), Gen.Const((ulong)long.MaxValue)));

    private static readonly Gen<PaymentProto.TransferBatchEntry> Entry =
        Gen.Select(Gen.Byte.Array[16], Number, Number, Number, Number).Select((id, debit, credit, amount, reference) => new PaymentProto.TransferBatchEntry
        {
            TransferId = ByteString.CopyFrom(id),
            DebitIndex = (uint)debit,
            CreditIndex = (uint)credit,
            AmountMinorUnits = (long)amount,
            Reference = reference,
        });

    /// <summary>A batch, within the contract's bounds or not.</summary>
    public static readonly Gen<PaymentProto.TransferBatch> Batch =
        Gen.Select(Text, Number, Text.Array[0, 5], Entry.Array[0, 8]).Select((currency, exponent, accounts, entries) => new PaymentProto.TransferBatch
        {
            CurrencyCode = currency,
            Exponent = (uint)exponent,
            AccountIds = { accounts },
            Entries = { entries },
        });
}

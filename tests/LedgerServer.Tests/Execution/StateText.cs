using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>State and receipts as text, so that tests compare all of it.</summary>
internal static class StateText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new TextConverter<Hash256>(), new TextConverter<RoleSet>(), new TextConverter<UInt128>(), new TextConverter<Int128>() },
    };

    public static string Of(LedgerState state)
    {
        var text = new StringBuilder();
        Append(text, state.Membership.Organizations.Values);
        Append(text, state.Membership.Keys.Values);
        Append(text, state.Membership.History);
        Append(text, [state.Membership.Policy]);
        Append(text, state.Changes.Pending.Select(change => new { change, body = (object)change.Body }));
        Append(text, state.Changes.Decided);
        Append(text, state.Engines.All);
        Append(text, state.Currencies.All);
        Append(text, state.Works.All);
        Append(text, state.Licences.All);
        Append(text, state.Offers.All);
        Append(text, state.Agreements.All);
        Append(text, state.Accounts.All);
        Append(text, state.Accounts.TrialBalance);
        Append(text, state.Works.All.SelectMany(work => state.WorkHistory.Of(work.Details.WorkId)));
        Append(text, state.Disputes.All);
        Append(text, state.Disputes.All.SelectMany(dispute => state.Disputes.EscrowOf(dispute.DisputeId)));
        Append(text, state.Disputes.All.SelectMany(dispute => state.Disputes.PaidOf(dispute.DisputeId)));
        Append(text, state.Holds.All);
        Append(text, state.Refunds.All);
        Append(text, state.Revenue.All);
        Append(text, state.TransferIds.All);
        Append(text, state.Consents.All);
        Append(text, state.Accesses.All);
        Append(text, state.Subjects.All);
        Append(text, state.Subjects.Data);
        Append(text, state.Pools.All);
        Append(text, state.Pools.SubscriptionIds);
        Append(text, state.Pools.Periods.SelectMany(Lines));
        Append(text, state.Periods.All.Select(WithoutBooks));
        Append(text, state.Earnings.All);
        text.Append(CultureInfo.InvariantCulture, $"{state.Purchases.Count}");
        return text.ToString();
    }

    public static string Of(Receipt receipt) =>
        JsonSerializer.Serialize(receipt with { Effects = [] }, Options)
        + string.Concat(receipt.Effects.Select(effect =>
            "\n" + effect.GetType().Name + JsonSerializer.Serialize(effect, effect.GetType(), Options)));

    private static IEnumerable<object> Lines(PoolPeriod held) =>
        [held, .. held.Payments().Select(p => $"{p}"), .. held.Usage().Select(u => $"{u}")];

    // Books are taken when time reaches an edge, also before a command that is rejected, which must change nothing else.
    private static SettlementPeriod WithoutBooks(SettlementPeriod period) => period with { Start = null, End = null, Guarantees = [] };

    private static void Append<T>(StringBuilder text, IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            text.AppendLine(JsonSerializer.Serialize(item, Options));
        }
    }

    private sealed class TextConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value}"));
    }
}

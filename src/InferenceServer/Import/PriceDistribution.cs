using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Import;

/// <summary>
/// Prices for a catalogue that has none, drawn from a real catalogue's prices. The rule: the prices of the file (column
/// <c>price</c>, whole units, free works included) are sorted; a work takes the price at the place
/// <c>h mod n</c>, where <c>h</c> is the first 8 bytes (big-endian) of SHA-256 of its work_id. So the same work always
/// has the same price, and the prices are distributed as in the file. The number is kept, the currency is CNY.
/// </summary>
internal sealed class PriceDistribution
{
    private readonly long[] prices; // minor units, ascending

    private PriceDistribution(long[] prices) => this.prices = prices;

    /// <summary>Reads the prices of a CSV file.</summary>
    /// <exception cref="ImportException">The file cannot be read or has no price.</exception>
    public static PriceDistribution Read(string path, ImportReport report)
    {
        var prices = new List<long>();
        var column = -2;
        foreach (var (line, fields) in CsvRecords.Read(InputLines.Read(path, report), report))
        {
            if (column == -2)
            {
                column = fields.IndexOf("price");
            }
            else if (column >= 0 && column < fields.Count
                && decimal.TryParse(fields[column], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price))
            {
                prices.Add((long)(price * 100));
                report.Accept();
            }
            else
            {
                report.Reject(line, "the column price is missing or no number");
            }
        }

        prices.Sort();
        return prices.Count > 0 ? new PriceDistribution([.. prices]) : throw new ImportException($"{path} has no column price, or no price in it.");
    }

    /// <summary>The price of a work by the rule.</summary>
    public Price Of(string workId)
    {
        var hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(workId)));
        return new Price(prices[hash % (ulong)prices.Length], "CNY", 2);
    }
}

using System.Globalization;

namespace KpGrpc.Demo.Data;

/// <summary>The prices of the paid courses of the Udemy catalogue (<c>udemy/udemy_courses.csv</c>, columns <c>is_paid</c> and <c>price</c>).</summary>
internal static class UdemyPrices
{
    /// <summary>Reads the prices of paid courses, whole US dollars. Rows that are free or say no number are passed over.</summary>
    /// <exception cref="DemoException">The file cannot be read or holds no paid course.</exception>
    public static List<int> Read(string path)
    {
        var prices = CsvTable.Read(path, "is_paid", "price")
            .Where(row => row["is_paid"].Equals("True", StringComparison.OrdinalIgnoreCase))
            .Select(row => int.TryParse(row["price"], NumberStyles.None, CultureInfo.InvariantCulture, out var dollars) ? dollars : 0)
            .Where(dollars => dollars > 0)
            .ToList();
        return prices.Count > 0 ? prices : throw new DemoException($"{path} holds no paid course");
    }
}

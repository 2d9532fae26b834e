using System.Text.Encodings.Web;
using System.Text.Json;

using KpGrpc.Gateway.WebConsole;
using KpGrpc.Gateway.Downstream;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>The JSON routes for programs and for people; made when they are first asked for. Safe from any thread.</summary>
internal sealed class ApiPages
{
    // Comments hold quotes and dashes; the page and JSON readers take them as they are.
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<(PageContent Document, PageContent Page)> pages = new(Make);
    private readonly Lazy<PageContent> style = new(() => new PageContent(PageResources.Read("OpenApi.docs.css"), "text/css; charset=utf-8"));

    /// <summary>The OpenAPI 3 document.</summary>
    public PageContent Document => pages.Value.Document;

    /// <summary>The same for people.</summary>
    public PageContent Page => pages.Value.Page;

    /// <summary>What the page looks like.</summary>
    public PageContent Style => style.Value;

    private static (PageContent Document, PageContent Page) Make()
    {
        var services = Contract.Services.Where(entry => entry.Destination == Destination.Gateway).Select(entry => entry.Service).ToList();
        var comments = ContractComments.Read(services[0].Methods[0].InputType.ClrType);
        var document = ApiDocument.Create(services, comments);
        return (
            new PageContent(JsonSerializer.SerializeToUtf8Bytes(document, Format), "application/json"),
            new PageContent(DocsPage.Render(document), "text/html; charset=utf-8"));
    }
}

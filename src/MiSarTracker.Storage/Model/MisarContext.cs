using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Cases;
using MiSarTracker.Core.Inbox;
using NodaTime;

namespace MiSarTracker.Storage.Model;

/// <summary>The tables. Made only over a connection that <see cref="Database"/> opened, which has the pragmas set.</summary>
internal sealed class MisarContext(DbContextOptions<MisarContext> options) : DbContext(options)
{
    public DbSet<CaseRow> Cases => Set<CaseRow>();

    public DbSet<ReminderRow> Reminders => Set<ReminderRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    public DbSet<LedgerPayloadRow> LedgerPayloads => Set<LedgerPayloadRow>();

    public DbSet<DisposalRow> Disposals => Set<DisposalRow>();

    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>();
        configurationBuilder.Properties<CaseState>().HaveConversion<NameConverter<CaseState>>();
        configurationBuilder.Properties<CaseOutcome>().HaveConversion<NameConverter<CaseOutcome>>();
        configurationBuilder.Properties<ControllerState>().HaveConversion<NameConverter<ControllerState>>();
        configurationBuilder.Properties<ReplyKind>().HaveConversion<NameConverter<ReplyKind>>();
        configurationBuilder.Properties<SendState>().HaveConversion<NameConverter<SendState>>();
        configurationBuilder.Properties<ItemStatus>().HaveConversion<NameConverter<ItemStatus>>();
        configurationBuilder.Properties<ExhibitKind>().HaveConversion<NameConverter<ExhibitKind>>();
        configurationBuilder.Properties<InboxState>().HaveConversion<NameConverter<InboxState>>();
        configurationBuilder.Properties<MailKind>().HaveConversion<NameConverter<MailKind>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var cases = modelBuilder.Entity<CaseRow>().ToTable("Cases");
        cases.HasKey(c => c.Id);
        cases.HasIndex(c => new { c.Year, c.Number }).IsUnique();
        cases.HasIndex(c => c.NextDue);
        Part(modelBuilder, c => c.Identifiers, "Identifiers");
        Part(modelBuilder, c => c.Controllers, "Controllers");
        Part(modelBuilder, c => c.Replies, "Replies");
        Part(modelBuilder, c => c.Letters, "Letters").HasIndex(l => l.Sha256);
        Part(modelBuilder, c => c.Mails, "Mails").HasIndex(m => m.Sha256);
        Part(modelBuilder, c => c.Exhibits, "Exhibits").HasIndex(e => e.Sha256);
        Part(modelBuilder, c => c.Comparisons, "Comparisons").HasIndex(c => c.Sha256);
        Part(modelBuilder, c => c.Reports, "Reports").HasIndex(r => r.Sha256);
        Part(modelBuilder, c => c.Grades, "Grades");

        var reminders = modelBuilder.Entity<ReminderRow>().ToTable("Reminders");
        reminders.HasKey(r => r.Id);
        reminders.Property(r => r.State).HasConversion<int>();
        cases.HasMany(c => c.Reminders).WithOne().HasForeignKey(r => r.CaseId);
        reminders.HasIndex(r => new { r.CaseId, r.Ordinal }).IsUnique();
        reminders.HasIndex(r => new { r.State, r.Due });
        reminders.HasIndex(r => r.Sha256);

        var outbox = modelBuilder.Entity<OutboxRow>().ToTable("Outbox");
        outbox.HasKey(o => o.Id);
        outbox.Property(o => o.State).HasConversion<int>();
        outbox.HasOne(o => o.Case).WithMany().HasForeignKey(o => o.CaseId);
        outbox.HasIndex(o => new { o.CaseId, o.Item }).IsUnique();
        outbox.HasIndex(o => new { o.State, o.NotBefore });

        var ledger = modelBuilder.Entity<LedgerRow>().ToTable("Ledger");
        ledger.HasKey(l => l.Sequence);
        ledger.Property(l => l.Sequence).ValueGeneratedNever();
        ledger.HasIndex(l => l.Case);
        var payloads = modelBuilder.Entity<LedgerPayloadRow>().ToTable("LedgerPayloads");
        payloads.HasKey(p => p.Sequence);
        payloads.Property(p => p.Sequence).ValueGeneratedNever();
        payloads.HasOne<LedgerRow>().WithOne().HasForeignKey<LedgerPayloadRow>(p => p.Sequence).OnDelete(DeleteBehavior.Restrict);
        modelBuilder.Entity<DisposalRow>().ToTable("Disposals").HasKey(d => d.Name);

        var inbox = modelBuilder.Entity<InboxRow>().ToTable("Inbox");
        inbox.HasKey(i => i.Id);
        inbox.HasIndex(i => i.Sha256).IsUnique();
        inbox.HasIndex(i => i.Content).IsUnique();
        inbox.HasIndex(i => i.Case);
        inbox.HasIndex(i => i.State);
        var mailboxes = modelBuilder.Entity<MailboxRow>().ToTable("Mailboxes");
        mailboxes.HasKey(m => m.Id);
        mailboxes.HasIndex(m => new { m.Account, m.Folder }).IsUnique();
    }

    private static EntityTypeBuilder<TPart> Part<TPart>(
        ModelBuilder modelBuilder, Expression<Func<CaseRow, IEnumerable<TPart>?>> parts, string table)
        where TPart : class, ICasePart
    {
        modelBuilder.Entity<CaseRow>().HasMany(parts).WithOne().HasForeignKey(p => p.CaseId);
        var part = modelBuilder.Entity<TPart>().ToTable(table);
        part.HasKey(p => new { p.CaseId, p.Ordinal });
        part.Property(p => p.Ordinal).ValueGeneratedNever();
        return part;
    }
}

"""What stands beside the pages: landing page, data, service worker, ZIP, sitemap."""
